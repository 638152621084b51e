"""Undo: how long after a person's release a target is lifted wherever it is looked up."""

from __future__ import annotations

import time
from contextlib import ExitStack
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
from redis import Redis

from benchmarks.finding import Finding
from streams.ordering import PATIENCE
from streams.projecting import PREFIX
from streams.wire.orders import Verb
from tests.cast.world import World
from tests.services.ports import until
from tests.services.redis import redis
from tests.streams.platform import platform
from tests.streams.serving.served import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.bench import Bench
    from tests.streams.platform import Platform

ROUNDS = 200
LOOK = 0.01  # seconds between two looks: what is measured is off by as much


def measure(bench: Bench) -> Iterator[Finding]:
    """Block and release addresses one after the other; ask Redis, the service and its events."""
    folder, world = bench.folder / "undo", World(1, people=5, hours=0.1)
    with ExitStack() as stack:
        server = stack.enter_context(redis(bench.folder / "undo-redis"))
        running = stack.enter_context(platform(folder, world, redis_url=server.url))
        kept = stack.enter_context(Redis.from_url(server.url))
        running.await_held(running.start())
        client = Client(running.serve().port)
        until(lambda: client.ask("/ready").status == 200, "a service that knows", PATIENCE)
        heard: dict[str, float] = {}
        Thread(target=listen, args=(client, heard), daemon=True).start()
        places = {
            "Redis": lambda target: not kept.exists(PREFIX + target),
            "blocklist.txt": lambda target: f"{target}/32" not in client.entries(),
            "events": lambda target: target in heard,
        }
        delays = [lifted(running, f"198.51.{n // 250}.{n % 250}", places) for n in range(ROUNDS)]
    for place in places:
        half, most = np.percentile([each[place] for each in delays], (50, 99))
        told = f"p50 {half:.2f} s, p99 {most:.2f} s"
        yield Finding(f"release to lifted, {place}", told, "", "p99 < 2 s")


def lifted(
    running: Platform, target: str, places: dict[str, Callable[[str], bool]]
) -> dict[str, float]:
    """Block, see that it is, release; tell after how many seconds each place has let go."""
    running.order(Verb.BLOCK, target)
    asked = {name: gone for name, gone in places.items() if name != "events"}
    until(
        lambda: not any(gone(target) for gone in asked.values()),
        f"{target} blocked",
        PATIENCE,
        rest=0.02,
    )
    began, found = time.monotonic(), dict[str, float]()
    running.order(Verb.RELEASE, target)

    def everywhere() -> bool:
        for name, gone in places.items():
            if name not in found and gone(target):
                found[name] = time.monotonic() - began
        time.sleep(LOOK)
        return len(found) == len(places)

    until(everywhere, f"{target} lifted", PATIENCE, rest=0.02)
    return found


def listen(client: Client, heard: dict[str, float]) -> None:
    """Note which targets the events take away."""
    with client.events() as events:
        for event in events:
            if event.get("event") == "remove":
                heard[event["data"].split('"')[3]] = time.monotonic()
