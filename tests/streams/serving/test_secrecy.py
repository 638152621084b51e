"""A key stands nowhere but with whoever shows it: no log, no list of processes, no metric."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.services.ports import answered, free_port
from tests.streams.platform import HEDGEROW
from tests.streams.serving.callers import Caller, keyring

if TYPE_CHECKING:
    from collections.abc import Iterator


class Alone(NamedTuple):
    """A `hedgerow serve` whose broker is away."""

    process: subprocess.Popen[bytes]
    log: Path
    people: dict[str, Caller]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alone]:
    folder, port = tmp_path_factory.mktemp("alone"), free_port()
    texts = keyring(folder / "keys")
    environment = {
        **os.environ,
        "HEDGEROW_BROKER_BOOTSTRAP": f"127.0.0.1:{free_port()}",
        "HEDGEROW_SERVICE_PORT": str(port),
        "HEDGEROW_ADMISSION_KEYS_FILE": str(folder / "keys"),
        "HEDGEROW_ADMISSION_AUDIT_FILE": str(folder / "audit.ndjson"),
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*HEDGEROW, "serve"], env=environment, stdout=log, stderr=log)
    try:
        answered(port, process, 60)
        people = {name: Caller(port, text) for name, text in texts.items()}
        yield Alone(process, folder / "log", people)
    finally:
        process.terminate()
        process.wait(60)


def test_where_no_broker_takes_an_order_nothing_is_promised(alone: Alone) -> None:
    ann = alone.people["ann"]

    assert ann.order("block", "203.0.113.7")[0] == 503
    assert ann.ask("GET", "/orders").status == 503


def test_no_secret_is_seen_by_others(alone: Alone) -> None:
    for path in ("/metrics", "/blocklist.txt", "/v1/decisions", "/nothing", "/health"):
        for caller in alone.people.values():
            caller.ask("GET", path)
            caller.ask("POST", path, b"{")
    alone.people["ann"].order("pardon", "session:s")  # refused or not, it is written down
    secrets = [caller.key.split("_", 2)[2] for caller in alone.people.values()]
    proc = Path(f"/proc/{alone.process.pid}")
    folder = alone.log.parent
    seen = [
        alone.log.read_bytes(),
        (proc / "cmdline").read_bytes(),
        (proc / "environ").read_bytes(),
        (folder / "keys").read_bytes(),
        (folder / "audit.ndjson").read_bytes(),
        alone.people["ann"].ask("GET", "/metrics").body,
    ]

    assert all(seen)
    assert [text for text in secrets if any(text.encode() in each for each in seen)] == []


def test_what_was_refused_is_counted(alone: Alone) -> None:
    Caller(alone.people["ann"].port).ask("GET", "/audit")
    alone.people["ann"].ask("GET", "/audit")
    told = alone.people["ann"].ask("GET", "/metrics").body.decode()

    for reason in ("key", "role"):
        [line] = [x for x in told.splitlines() if f'refused_requests_total{{reason="{reason}"' in x]
        assert float(line.split()[-1]) > 0
