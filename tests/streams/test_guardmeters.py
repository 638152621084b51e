"""What a guard tells Prometheus is what it did."""

from __future__ import annotations

import re
import socket
import subprocess
from subprocess import DEVNULL
from typing import TYPE_CHECKING
from urllib.request import urlopen

from click.testing import CliRunner
from prometheus_client import CollectorRegistry

from access.site import Site
from streams.commands.guard import guard_command
from streams.folder import decisions_in
from streams.guarding import Guard
from streams.guardmeters import GuardMeters
from streams.metrics import Meters
from streams.settings import Settings
from tests.services.ports import HOST, answered, free_port, until
from tests.streams.platform import HEDGEROW

if TYPE_CHECKING:
    from pathlib import Path

LATER = 2_000_000_000.0  # seconds since 1970; long after the log


def followed(log: Path, out: Path) -> CollectorRegistry:
    """Let a guard read a log to its end, and count."""
    registry = CollectorRegistry()
    guard = Guard.start([log], Site.default(), Settings(), out)
    meters = GuardMeters(Meters.of(registry), guard)
    now, empty = LATER, 4
    while empty:
        step = guard.look()
        empty -= step is None
        now += 1
        meters.tell(step, now)
    guard.close()
    return registry


def total(registry: CollectorRegistry, name: str, **labels: str) -> float:
    """Add up all series of a name that have these labels."""
    return sum(
        sample.value
        for family in registry.collect()
        for sample in family.samples
        if sample.name == f"hedgerow_{name}" and labels.items() <= sample.labels.items()
    )


def test_what_a_guard_counts_is_what_it_wrote(log: Path, written: bytes, tmp_path: Path) -> None:
    registry = followed(log, tmp_path)
    decisions = decisions_in(tmp_path)
    blocks = [decision for decision in decisions if decision.action.name == "BLOCK"]

    waits = written.count(b"\n") - 1 - total(registry, "lines_total", outcome="event")
    assert 0 < waits < 10  # the newest seconds, for a newer line
    assert total(registry, "lines_total", outcome="reject") == 1
    assert total(registry, "decisions_total") == len(decisions) > 0
    assert total(registry, "decisions_total", action="block") == len(blocks) > 0
    assert total(registry, "pictures_total", blocked="yes") > 0
    assert total(registry, "entries", action="block") > 0
    assert total(registry, "projection_up", projection="file") == 1
    assert total(registry, "projection_timestamp_seconds", projection="file") > LATER


def test_what_was_decided_before_a_kill_is_counted_once(log: Path, tmp_path: Path) -> None:
    followed(log, tmp_path)

    assert total(followed(log, tmp_path), "decisions_total") == 0


def test_a_guard_answers_prometheus_where_it_is_told_to(log: Path, tmp_path: Path) -> None:
    port = free_port()
    words = ("guard", str(log), f"--out={tmp_path}", f"--metrics-port={port}")
    with subprocess.Popen([*HEDGEROW, *words], stdout=DEVNULL, stderr=DEVNULL) as process:
        try:
            answered(port, process, 60)

            def counted() -> bool:
                with urlopen(f"http://{HOST}:{port}/metrics") as page:
                    return re.search(rb"entries{action=.block.} [1-9]", page.read()) is not None

            until(counted, "a block is counted", 60)
        finally:
            process.terminate()
        assert process.wait(60) == 0


def test_a_port_that_is_taken_is_named(log: Path, tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        words = [str(log), f"--out={tmp_path}", f"--metrics-port={port}"]
        done = CliRunner().invoke(guard_command, words)

    assert done.exit_code == 1
    assert f"cannot listen at {HOST}:{port}" in done.output
    assert list(tmp_path.iterdir()) == []
