"""Delay: how long after an event its entry stands in the block list, while lines keep coming."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from confluent_kafka import Producer

from benchmarks.filling import TOPIC
from benchmarks.finding import Finding
from benchmarks.running import cpu_of
from benchmarks.stream import PARTITIONS, RATE, holds
from enforcement.moments import seconds
from streams.traffic import Pace, pieces
from streams.wire.entries import EntryRecord
from tests.cast.world import World
from tests.services.ports import until
from tests.streams.platform import platform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench
    from tests.streams.platform import Platform

LASTS = 60  # seconds
PEOPLE = 4_000
WINDOW = 20  # milliseconds of lines in a message: what a shipper waits for company
READY = 45  # seconds to draw the platform and to start a broker and a worker
SETTLED = 3.0  # seconds until the last decision stands in the block list


def measure(bench: Bench) -> Iterator[Finding]:
    """Play a platform in real time, its lines stamped in milliseconds."""
    start = int(time.time()) + READY
    world = World(1, lines=RATE * LASTS, people=PEOPLE, hours=LASTS / 3600, start=start)
    with platform(bench.folder / "delay", world, partitions=PARTITIONS) as running:
        worker = running.start()
        until(lambda: holds(worker), "a worker that holds its partitions")
        before = cpu_of(worker.process.pid)
        play(running.broker.open_bootstrap, world, Pace(start, start))
        time.sleep(SETTLED)
        busy = (cpu_of(worker.process.pid) - before) / LASTS
        delays = list(delays_of(running))
    half, most = np.percentile(delays, (50, 99))
    yield Finding(f"event to block list, {RATE:,} lines/s", f"p50 {half:.2f} s", "", "< 0.3 s")
    yield Finding(f"… of {len(delays)} entries", f"p99 {most:.2f} s", "", "< 1 s")
    yield Finding("… the worker meanwhile", f"{busy:.0%} of a core")


def play(bootstrap: str, world: World, pace: Pace) -> None:
    """Send lines when they are due, a message to each partition in turn."""
    producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 0})
    cut = list(pieces(list(world.lines("json")), world.requests.at, WINDOW))
    # The cast opens on a whole second; an input that does so is taken for one of whole seconds.
    for number, piece in enumerate(cut[1:]):
        time.sleep(pace.wait(piece.due, time.time()))
        producer.produce(TOPIC, piece.lines, partition=number % PARTITIONS)
        producer.poll(0)
    producer.flush()


def delays_of(running: Platform) -> Iterator[float]:
    """Tell for each entry how long after what it was decided by the broker had it, in seconds."""
    for record in running.read("blocklist"):
        entry = record.value and msgspec.json.decode(record.value, type=EntryRecord)
        if entry and entry.action != "pardon":
            yield record.timestamp / 1000 - seconds(entry.decided)
