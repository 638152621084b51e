"""Feeds: what each format of 100,000 entries takes, and what 200 clients that poll cost."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from kafka import KafkaProducer

from benchmarks.finding import Finding
from benchmarks.polling import polled
from benchmarks.running import cpu_of, memory_of
from enforcement.standing import Standing, entry_of
from feeds.roster import LISTED
from streams.wire.entries import written
from tests.cast.world import World
from tests.enforcement.test_blocklist import decision
from tests.services.ports import until
from tests.streams.platform import platform
from tests.streams.serving.served import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.bench import Bench
    from enforcement.standing import Entry
    from tests.streams.platform import Worker

ENTRIES = 100_000
CLIENTS = 200
LASTS = 20.0  # seconds of polling
LONG = 3600  # seconds that an entry lasts
PATIENCE = 60.0
PATH = "blocklist.txt"

T = TypeVar("T")


def measure(bench: Bench) -> Iterator[Finding]:
    """Write every feed, then let clients poll while nothing changes, and while it does."""
    held = entries(round(ENTRIES * bench.size))
    took, standing = seconds(lambda: Standing.of(held))
    yield Finding(f"in force: {len(held):,} entries, worked out for all feeds", f"{took:.2f} s")
    for feed in LISTED:
        took, body = seconds(partial(feed.render, standing))
        size = f"{len(body) / 1e6:.1f} MB, by gzip {len(gzip.compress(body, 6)) / 1e6:.2f} MB"
        peak = peak_of(partial(feed.render, standing))
        yield Finding(f"… {feed.name}", f"{took:.2f} s, {peak >> 20} MiB at most; {size}")
    yield from served(bench, held)


def served(bench: Bench, held: list[Entry]) -> Iterator[Finding]:
    """Let clients poll `hedgerow serve` over a real broker."""
    world = World(1, lines=100, people=10)
    with platform(bench.folder / "feeds", world) as running:
        write(running.broker.open_bootstrap, held)
        service = running.serve()
        client = Client(service.port)
        until(lambda: client.ask("/ready").status == 200, "readiness", PATIENCE)
        client.ask(f"/{PATH}")
        yield from polling(service, "nothing changes")
        one = entries(len(held) + 2)[-1:]
        write(running.broker.open_bootstrap, one)
        yield from polling(service, "one entry came")


def polling(service: Worker, while_: str) -> Iterator[Finding]:
    """Say what clients cost."""
    before, began = cpu_of(service.process.pid), time.perf_counter()
    found = polled(service.port, PATH, CLIENTS, LASTS)
    busy = (cpu_of(service.process.pid) - before) / (time.perf_counter() - began)
    half, most = np.percentile(found.seconds, (50, 99)) * 1000
    answers = ", ".join(f"{count:,} of {status}" for status, count in found.statuses.items())
    what = f"{CLIENTS} clients poll once a second, {while_}"
    yield Finding(what, f"{busy:.0%} of a core", "", "< 100%")
    yield Finding("… answers", f"{answers}; p50 {half:.1f} ms, p99 {most:.0f} ms")
    yield Finding("… memory at most", f"{memory_of(service.process.pid)[1] >> 20:,} MiB")


def entries(count: int) -> list[Entry]:
    """Block every second address, so that no two join."""
    targets = (f"203.{n >> 15}.{n >> 7 & 255}.{n << 1 & 254}" for n in range(count))
    return [entry_of(decision(target, until=LONG)) for target in targets]


def write(bootstrap: str, held: list[Entry]) -> None:
    """Put entries into the topic, as the deciding agent does."""
    producer = KafkaProducer(bootstrap_servers=bootstrap, linger_ms=20)
    for entry in held:
        producer.send("blocklist", written(entry, 0), entry.key.encode())
    producer.flush()
    producer.close()


def seconds(do: Callable[[], T]) -> tuple[float, T]:
    """Tell what CPU something takes."""
    began = time.process_time()
    done = do()
    return time.process_time() - began, done


def peak_of(do: Callable[[], object]) -> int:
    """Tell how much memory something takes at most, what it gives included."""
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
