"""Stream: what a line costs from Kafka's access-log to its block list, all agents in one worker."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import consuming
from benchmarks.cost import undisturbed
from benchmarks.filling import TOPIC, fill, many, single
from benchmarks.finding import Finding
from benchmarks.replay import told
from benchmarks.running import cpu_of, memory_of
from tests.cast.world import World
from tests.services.ports import until
from tests.streams.platform import platform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.bench import Bench
    from tests.streams.platform import Platform, Worker

PARTITIONS = 6
RATE = 5_000  # lines a second of the log's own time: a busy platform
PEOPLE = 15_000
SETTLED = 1.0  # seconds until the last decision stands in the block list
PATIENCE = 600.0
WAYS: dict[str, tuple[Callable[[bytes], Iterable[bytes]], str]] = {
    "256 KiB of lines a message": (many, "400,000"),
    "one line a message": (single, "100,000"),
}


class Took(NamedTuple):
    """What a worker took for a log."""

    start: float  # seconds of CPU until it held its partitions
    work: float  # … and from then on
    peak: int  # bytes of memory at most


def measure(bench: Bench) -> Iterator[Finding]:
    """Let one worker judge a log that waits in Kafka, and let other clients count it."""
    hours = bench.lines / RATE / 3600
    world = World(1, lines=bench.lines, people=round(PEOPLE * bench.size), hours=hours)
    data = b"".join(world.lines())
    for way, (cut, wanted) in WAYS.items():
        with platform(bench.folder / way[:3], world, partitions=PARTITIONS) as running:
            fill(running.broker.open_bootstrap, cut(data), PARTITIONS)
            peers = list(counted(bench, running))
            took = judged(running, world)
        rate = bench.lines / took.work
        yield Finding(f"worker, {way}", told(rate), "1", wanted)
        whole = bench.lines / (took.work + took.start)
        yield Finding("… starting included", told(whole), f"{whole / rate:.2f}")
        yield Finding("… memory at most", f"{took.peak >> 20:,} MiB")
        for client, peer in peers:
            yield Finding(f"{client}, only consume and count", told(peer), f"{peer / rate:.2f}")


def judged(running: Platform, world: World) -> Took:
    """Start a worker, and wait until all is judged and in the block list."""
    worker = running.start()
    pid = worker.process.pid
    until(lambda: holds(worker), "a worker that holds its partitions", PATIENCE)
    start = cpu_of(pid)
    second = running.close_ticks(int(world.requests.at.max()) // 1000, PARTITIONS)
    running.await_judged(second, PATIENCE)
    time.sleep(SETTLED)
    return Took(start, cpu_of(pid) - start, memory_of(pid)[1])


def holds(worker: Worker) -> bool:
    """Tell whether it has its partitions."""
    return "holds" in worker.log.read_text()


def counted(bench: Bench, running: Platform) -> Iterator[tuple[str, float]]:
    """Tell how many lines a CPU-second other clients consume of the same topic."""
    for client in ("aiokafka", "confluent"):
        words = (sys.executable, "-m", consuming.__name__, client)
        cost = undisturbed(*words, running.broker.open_bootstrap, TOPIC)
        yield client, bench.lines / cost.cpu
