"""Check: how long a proxy waits for `/check`, beside a plain 200 of the same service."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.feeds import ENTRIES, PATIENCE, entries, write
from benchmarks.finding import Finding
from benchmarks.polling import answer
from benchmarks.running import cpu_of
from tests.cast.world import World
from tests.services.ports import HOST, until
from tests.streams.platform import platform
from tests.streams.serving.served import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench
    from tests.streams.platform import Worker

CONNECTIONS = 4  # that a proxy keeps open
EACH = 0.02  # seconds between two visits on each: 200 a second in all, as of a site of 17 M a day
LASTS = 10.0  # seconds of asking
ASKED = "GET {} HTTP/1.1\r\nHost: hedgerow\r\nX-Forwarded-For: {}\r\n\r\n"
PLAIN, CHECK = "/health", "/check"


def measure(bench: Bench) -> Iterator[Finding]:
    """Ask both in turn."""
    held = entries(round(ENTRIES * bench.size))
    with platform(bench.folder / "check", World(1, lines=100, people=10)) as running:
        write(running.broker.open_bootstrap, held)
        service = running.serve()
        until(lambda: Client(service.port).ask("/ready").status == 200, "readiness", PATIENCE)
        found, cost = asked(service)
    for path in (PLAIN, CHECK):
        half, most = np.percentile(found[path], (50, 99)) * 1000
        base = np.percentile(found[PLAIN], (50, 99)) * 1000
        ratio = "" if path == PLAIN else f"{half / base[0]:.2f}, {most / base[1]:.2f}"
        what = f"{path}, of {len(held):,} entries, {CONNECTIONS / EACH:g} visits a second"
        told = f"p50 {half:.2f} ms, p99 {most:.2f} ms"
        yield Finding(what, told, ratio, "" if path == PLAIN else "p99 < 5 ms")
    yield Finding("… answers of both a CPU-second", f"{cost:,.0f}")


def asked(service: Worker) -> tuple[dict[str, list[float]], float]:
    """Give seconds by path, and answers a CPU-second of the service."""
    found: dict[str, list[float]] = {PLAIN: [], CHECK: []}
    before = cpu_of(service.process.pid)

    async def scene() -> None:
        await asyncio.gather(*(asking(service.port, n, found) for n in range(CONNECTIONS)))

    asyncio.run(scene())
    count = sum(map(len, found.values()))
    return found, count / (cpu_of(service.process.pid) - before)


async def asking(port: int, number: int, found: dict[str, list[float]]) -> None:
    """Ask for both in turn; every second visitor is refused."""
    reader, writer = await asyncio.open_connection(HOST, port)
    due, place = time.perf_counter() + EACH * number / CONNECTIONS, number
    for _ in range(int(LASTS / EACH)):
        due += EACH
        await asyncio.sleep(due - time.perf_counter())
        place = (place * 7 + 1) % 65_536
        for path, seconds in found.items():
            visitor = f"203.0.{place >> 8}.{place & 255}"
            began = time.perf_counter()
            writer.write(ASKED.format(path, visitor).encode())
            await answer(reader)
            seconds.append(time.perf_counter() - began)
    writer.close()
    await writer.wait_closed()
