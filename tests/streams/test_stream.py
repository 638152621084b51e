"""Kafka, Faust and any number of workers say what a replay of the same log says."""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING, Any

import pytest

from streams.agents.worker import STUCK
from tests.cast.roster import FIRST_SEVEN
from tests.cast.world import World
from tests.services.java import NEEDS_KAFKA
from tests.services.ports import until
from tests.streams.platform import PATIENCE, Platform, platform

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = NEEDS_KAFKA
HANGING = (sys.executable, "-m", "tests.streams.hanging")


def written(world: World, folder: Path) -> Path:
    """Write a world's log, and behind it lines that close every tick of it."""
    log = folder / "access.log"
    world.write(log)
    return log


def replayed(running: Platform, *logs: Path) -> dict[str, Any]:
    """Replay them, by the command."""
    out = running.folder / "replay"
    running.run("replay", *map(str, logs), f"--site={running.site}", f"--out={out}")
    told = (out / "decisions.ndjson").read_text().splitlines()
    return {record["id"]: record for record in map(json.loads, told)}


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_decide_what_a_replay_decides(tmp_path: Path, workers: int) -> None:
    harvesters = (*FIRST_SEVEN, "pageless fleet")
    world = World(20_263, people=600, hours=1, harvesters=harvesters)
    with platform(tmp_path, world) as running:
        log, newest = written(world, tmp_path), int(world.requests.at.max()) // 1000
        expected = replayed(running, log, running.closing(newest))  # blocks end meanwhile
        assert {"cohort", "address"} <= {d["scope"] for d in expected.values() if d["campaign"]}
        running.ship(log, "--lines-a-message=200")
        for _ in range(workers):
            running.start()
        running.await_judged(running.close_ticks(newest))
        assert running.decisions() == expected
        listed = (tmp_path / "replay" / "blocklist.txt").read_bytes()
        until(lambda: running.blocklist() == listed, "the block list of the replay")
        assert b"\n198." in listed


def test_a_worker_leaves_where_something_waits_and_nothing_moves(tmp_path: Path) -> None:
    """Its broker has lost the topic that it writes to, so a supervisor has to hear of it."""
    with platform(tmp_path, World(20_264, people=20, hours=0.5), flow_stalled=3) as running:
        worker = running.start()
        log = written(World(20_264, people=20, hours=0.5), tmp_path)
        running.ship(log)
        until(lambda: bool(running.read("requests")), "requests", PATIENCE)
        running.delete("requests")
        running.ship(log)

        assert worker.process.wait(120) == STUCK


def test_a_worker_whose_consumer_hangs_leaves_once_something_waits(tmp_path: Path) -> None:
    """Its own client answers nothing, which looks like a broker that is away until one asks."""
    world = World(20_265, people=20, hours=0.5)
    with platform(tmp_path, world, flow_stalled=3) as running:
        worker = running.start(program=HANGING)
        log = written(world, tmp_path)
        running.ship(log)
        until(lambda: bool(running.read("requests")), "requests", PATIENCE)
        worker.process.send_signal(signal.SIGALRM)
        running.ship(log)

        assert worker.process.wait(120) == STUCK
