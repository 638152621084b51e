"""A guard beside a real nginx, killed twice and rotated once, decides as a replay of it all."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

from streams.guarding import STATE
from streams.snapshot import load
from tests.services.nginx import NGINX, Server, harvest, look_around, serving
from tests.services.ports import PATIENCE, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HARVESTER, PERSON, LAST = "203.0.113.7", "198.51.100.20", "198.51.100.99"
PROGRAM = [sys.executable, "-m", "streams.commands"]

pytestmark = [
    pytest.mark.skipif(NGINX is None, reason="nginx not installed: make services"),
    pytest.mark.usefixtures("compiled"),
]


def come(server: Server) -> list[Thread]:
    """Let a person and a harvester come, for about eight seconds."""
    visitors = [
        Thread(target=harvest, args=(server, HARVESTER, 450, 8 / 450)),
        Thread(target=look_around, args=(server, PERSON, 12, 8 / 40)),
    ]
    for visitor in visitors:
        visitor.start()
    return visitors


@contextmanager
def guarding(log: Path, out: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a guard, and end it by kill -9 where it has not ended before."""
    program = [*PROGRAM, "guard", str(log), "--out", str(out)]
    running = subprocess.Popen(program, stdout=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def begun(out: Path) -> None:
    """Wait until there is a snapshot: a guard without one knows of no file but the current."""
    until((out / STATE).exists, "the guard has begun")


def caught_up(log: Path, out: Path) -> None:
    """Wait until a snapshot covers the whole of the current file."""

    def covered() -> bool:
        found, now = load(out / STATE), log.stat()
        position = found[0].positions[0] if found else None
        return bool(position and (position.inode, position.offset) == (now.st_ino, now.st_size))

    until(covered, "the guard reached the end of the log")


def test_a_guard_of_a_real_server_decides_as_a_replay_does(tmp_path: Path) -> None:
    dice, out, whole = np.random.default_rng(11), tmp_path / "guard", tmp_path / "replay"
    with serving(tmp_path / "nginx") as server:
        look_around(server, PERSON, 1, 0)
        with guarding(server.log, out):
            begun(out)
            visitors = come(server)
            time.sleep(dice.uniform(0, 2))
        with guarding(server.log, out):
            time.sleep(dice.uniform(1, 3))
        with guarding(server.log, out) as running:
            time.sleep(1)
            server.rotate()
            for visitor in visitors:
                visitor.join()
            time.sleep(4)  # the lateness and a tick: the last line closes all ticks before it
            look_around(server, LAST, 0, 0)
            caught_up(server.log, out)
            running.terminate()
            running.wait(PATIENCE)
        logs = [str(server.log.with_name("access.log.1")), str(server.log)]
        subprocess.run([*PROGRAM, "replay", *logs, "--out", str(whole)], check=True)

    for name in ("decisions.ndjson", "signals.ndjson", "rejects.ndjson"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()
    listed = (out / "blocklist.txt").read_text()
    assert f"{HARVESTER}/32\n" in listed
    assert PERSON not in listed
    assert (whole / "decisions.ndjson").read_bytes().count(b'"action":"block"') == 1
