"""Recovery: what a million remembered actors cost when they are kept, and after a kill -9."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.request import urlopen

from benchmarks.filling import fill, many
from benchmarks.finding import Finding
from benchmarks.logs import crowd
from benchmarks.running import memory_of
from benchmarks.stream import PARTITIONS, PATIENCE, holds
from streams.agents.application import SESSION
from tests.cast.world import World
from tests.services.ports import until
from tests.streams.platform import platform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench
    from tests.streams.platform import Platform, Worker

ACTORS, EACH, WORKERS = 1_000_000, 100_000, 4
LASTS = 1_200  # seconds of the log's own time in which they all come
LAST = 1_795_478_400 + LASTS  # seconds since 1970: the crowd's day, and its end
SHARDS = 12
OFTEN = 5  # seconds between checkpoints
STALLS = re.compile(r'hedgerow_checkpoint_seconds_bucket\{le="([^"]+)"\} (\S+)')
COUNTS = re.compile(r"hedgerow_checkpoint_seconds_count (\S+)")


def measure(bench: Bench) -> Iterator[Finding]:
    """Let a worker remember a million actors and die, and four share as many as they should."""
    world = World(1, people=20, hours=0.05)
    actors = round(ACTORS * bench.size)
    with platform(
        bench.folder / "recovery", world, shards=SHARDS, flow_checkpoint=OFTEN
    ) as running:
        first = remembered(running, actors, 1)[0]
        until(lambda: stalls(first)[1] >= 2 * SHARDS, "two checkpoints of each shard", PATIENCE)
        yield Finding(
            f"a checkpoint of {actors:,} actors, at most",
            f"{stalls(first)[0]:.2f} s",
            "",
            "< 0.2 s",
        )
        yield Finding("… the worker's memory", f"{memory_of(first.process.pid)[0] >> 20:,} MiB")
        first.kill9()
        began = time.time()
        second = running.start()
        until(lambda: holds(second), "a worker that has taken over", PATIENCE)
        wall = time.time() - began - SESSION
        yield Finding("… taken over, after the session", f"{wall:.1f} s", "", "< 10 s")
    with platform(bench.folder / "four", world, shards=SHARDS, flow_checkpoint=OFTEN) as running:
        four = remembered(running, EACH * WORKERS, WORKERS)
        peaks = [memory_of(worker.process.pid) for worker in four]
    yield Finding(
        f"memory of a worker of {WORKERS}, {EACH:,} actors each",
        f"{max(now for now, _ in peaks) >> 20:,} MiB",
        "",
        "< 400 MiB",
    )
    yield Finding("… at most", f"{max(most for _, most in peaks) >> 20:,} MiB")


def remembered(running: Platform, actors: int, workers: int) -> list[Worker]:
    """Start workers, and wait until they have judged a request of each actor."""
    started = [running.start() for _ in range(workers)]
    until(lambda: all(map(holds, started)), "workers that hold partitions", PATIENCE)
    lines = b"".join(crowd(actors, LASTS))
    fill(running.broker.open_bootstrap, many(lines), PARTITIONS)
    running.await_judged(running.close_ticks(LAST, PARTITIONS), PATIENCE)
    return started


def stalls(worker: Worker) -> tuple[float, int]:
    """Tell within how many seconds all its checkpoints were copied, and how many there were."""
    with urlopen(f"http://127.0.0.1:{worker.port}/metrics") as answer:
        said = answer.read().decode()
    count = int(float(COUNTS.search(said)[1]))  # type: ignore[index]  # it is always said
    within = (float(most) for most, held in STALLS.findall(said) if float(held) >= count)
    return min(within), count
