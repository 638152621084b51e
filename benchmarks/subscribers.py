"""Subscribers: what 200 clients that listen and 200 that poll cost `hedgerow serve`, in one run."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from kafka import KafkaProducer

from benchmarks.feeds import CLIENTS, PATH, PATIENCE, entries, write
from benchmarks.finding import Finding
from benchmarks.polling import Polled
from benchmarks.polling import client as polling
from benchmarks.running import cpu_of
from streams.wire.entries import written
from tests.cast.world import World
from tests.services.ports import HOST, until
from tests.streams.platform import platform
from tests.streams.serving.served import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

ENTRIES = 10_000
RATE = 5.0  # new blocks a second; what the rails let machines do (rails.blocks_a_minute)
LASTS = 15.0  # seconds of each part
ASKED = b"GET /events HTTP/1.1\r\nHost: hedgerow\r\n\r\n"


@dataclass(slots=True)
class Heard:
    """What clients that listen were told."""

    events: int = 0


@dataclass(slots=True)
class Scene:
    """One service, and who asks it."""

    bootstrap: str
    port: int
    pid: int
    next: int  # number of the next entry that is written

    def cost(self, listeners: int, pollers: int, rate: float) -> tuple[float, Heard, Polled]:
        """Give the share of a core that so many clients take, and what they were told."""
        heard, polled = Heard(), Polled()

        async def scene() -> tuple[float, float]:
            ready = [asyncio.Event() for _ in range(listeners)]
            hearing = [asyncio.create_task(listening(self.port, each, heard)) for each in ready]
            await asyncio.gather(*(each.wait() for each in ready))
            await asyncio.sleep(1)
            before, began = cpu_of(self.pid), time.perf_counter()
            works = [polling(self.port, PATH, LASTS, n / CLIENTS, polled) for n in range(pollers)]
            await asyncio.gather(asyncio.to_thread(self.write, rate), *works)
            busy, took = cpu_of(self.pid) - before, time.perf_counter() - began
            for each in hearing:
                each.cancel()
            await asyncio.gather(*hearing, return_exceptions=True)
            return busy, took

        busy, took = asyncio.run(scene())
        return busy / took, heard, polled

    def write(self, rate: float) -> None:
        """Block so many a second, for as long as it lasts."""
        producer = KafkaProducer(bootstrap_servers=self.bootstrap)
        made = entries(self.next + int(rate * LASTS))[self.next :]
        began = time.monotonic()
        for number, entry in enumerate(made):
            time.sleep(max(began + number / rate - time.monotonic(), 0))
            producer.send("blocklist", written(entry, 0), entry.key.encode())
            producer.flush()
        time.sleep(max(began + LASTS - time.monotonic(), 0))
        self.next += len(made)
        producer.close()


def measure(bench: Bench) -> Iterator[Finding]:
    """Say what listening, polling, and both cost."""
    with platform(bench.folder / "subscribers", World(1, lines=100, people=10)) as running:
        write(running.broker.open_bootstrap, entries(ENTRIES))
        service = running.serve()
        client = Client(service.port)
        until(lambda: client.ask("/ready").status == 200, "readiness", PATIENCE)
        scene = Scene(running.broker.open_bootstrap, service.port, service.process.pid, ENTRIES)
        alone, _, _ = scene.cost(0, 0, RATE)
        quiet, _, asked = scene.cost(0, CLIENTS, 0)
        yield told("nobody asks", alone, quiet)
        yield told(f"{CLIENTS} poll with ETag, nothing changes", quiet, quiet)
        yield Finding("… answers", ", ".join(f"{n:,} of {s}" for s, n in asked.statuses.items()))
        listened, heard, _ = scene.cost(CLIENTS, 0, RATE)
        yield told(f"{CLIENTS} listen, {RATE:g} blocks a second", listened, quiet)
        yield Finding("… events heard", f"{heard.events:,}")
        both, _, asked = scene.cost(CLIENTS, CLIENTS, RATE)
        yield told(f"{CLIENTS} listen, {CLIENTS} poll, {RATE:g} blocks a second", both, quiet)
        half, most = np.percentile(asked.seconds, (50, 99)) * 1000
        yield Finding("… polls", f"p50 {half:.1f} ms, p99 {most:.0f} ms")


def told(what: str, share: float, base: float) -> Finding:
    """Say a share of a core, beside that of polling."""
    return Finding(what, f"{share:.1%} of a core", f"{share / base:.2f}", "< 100%")


async def listening(port: int, ready: asyncio.Event, heard: Heard) -> None:
    """Follow the events until cancelled; ready once the snapshot is had."""
    reader, writer = await asyncio.open_connection(HOST, port, limit=1 << 24)
    writer.write(ASKED)
    try:
        while True:
            line = await reader.readline()
            if line.startswith(b"event: snapshot"):
                await reader.readline()
                ready.set()
            heard.events += line.startswith(b"event: add")
    finally:
        writer.close()
