"""Origin: a real `hedgerow serve` without a broker, that a test tells what is in force."""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING, Any

from enforcement.decision import Action
from enforcement.standing import Entry, Standing
from enforcement.targets import aimed
from streams.bouncing.heard import Heard, Mailbox
from streams.infrastructure import Broker
from streams.serving.service import Serving
from tests.services.ports import until

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping

clock = time.time  # noqa: TID251 - entries end by it
WORDS = {action.name.lower(): action for action in Action} | {"pardon": None}


def entry(target: str, word: str = "block", until: float = math.inf) -> Entry:
    """Make an entry; it ends at a whole second, as all do."""
    scope, name = aimed(target)
    return Entry(name, scope, WORDS[word], 0, None if until == math.inf else int(until), "made up")


def ending(target: str, word: str = "block", lasts: float = 600) -> tuple[Entry, float]:
    """Make an entry that ends so many seconds from now."""
    end = float(int(clock() + lasts)) if lasts < math.inf else math.inf
    return entry(target, word, end), end


@dataclass(slots=True)
class Origin:
    """What it says, and how it is stopped and started again."""

    listen: Callable[[], socket.socket]
    more: Mapping[str, Any] = field(default_factory=dict)  # fields of Serving
    box: Mailbox = field(default_factory=Mailbox)
    serving: Serving | None = None
    port: int = 0
    _stop: Callable[[], None] | None = None

    def say(self, *endings: tuple[Entry, float]) -> str:
        """Tell what is in force from now on; give the name of its set."""
        name = Standing.of(each for each, _ in endings).name
        self.box.put(Heard(endings, ""), clock())
        return name

    def start(self) -> None:
        """Serve, knowing nothing until told."""
        opened = self.listen()
        self.port = opened.getsockname()[1]
        self.box = Mailbox()
        made = self.serving = Serving(Broker(), clock, beside=self.box, **self.more)
        running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = []

        async def scene() -> None:
            task = asyncio.create_task(made.answer(opened))
            running.append((asyncio.get_running_loop(), task))
            await asyncio.wait({task})

        thread = Thread(target=lambda: asyncio.run(scene()))
        thread.start()
        until(lambda: bool(running), "a service")

        def stop() -> None:
            loop, task = running[0]
            loop.call_soon_threadsafe(task.cancel)
            thread.join(10)
            opened.close()

        self._stop = stop

    def stop(self) -> None:
        """End it; harmless if ended."""
        if self._stop:
            self._stop()
            self._stop = None

    def firewalls(self) -> dict[str, str]:
        """Say how each firewall that acknowledged stands, by what is published now."""
        assert self.serving
        published = Standing.of(self.serving.posted.entries()).name
        found = self.serving.acks.standings(published, clock())
        return {each.bouncer: each.state for each in found}


@contextmanager
def origin(listen: Callable[[], socket.socket], **more: Any) -> Iterator[Origin]:  # noqa: ANN401
    """Run one until the test ends; with *more* fields of Serving."""
    made = Origin(listen, more)
    made.start()
    try:
        yield made
    finally:
        made.stop()
