"""Neighbours: a service and a bouncer in the process of a guard, all of it without a broker."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from threading import Event, Thread
from typing import TYPE_CHECKING

from streams.bouncing.fitting import target_of
from streams.bouncing.nearby import Nearby
from streams.bouncing.running import run
from streams.commands import Mistake
from streams.commands.enforced import enforcing_of, shown
from streams.commands.serve import CLOCK, listening
from streams.serving.service import Serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streams.guarding import Guard
    from streams.metrics import Meters
    from streams.settings import Settings


@dataclass(slots=True)
class Neighbours:
    """Who is told what a guard has in force."""

    settings: Settings
    nearby: Nearby = field(default_factory=Nearby)
    stopped: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)

    def serve(self, place: str) -> str:
        """Serve at HOST:PORT, or where [service] says; give the URL."""
        service = self.settings.service
        if place:
            host, _, port = place.rpartition(":")
            if not (host and port.isascii() and port.isdigit()):
                msg = f"--serve: expected HOST:PORT, saw {place!r}"
                raise Mistake(msg)
            service = replace(service, host=host.strip("[]"), port=int(port))
        opened = listening(service)
        serving = Serving(
            self.settings.broker, CLOCK, check=self.settings.check, beside=self.nearby.box()
        )
        host, port = opened.getsockname()[:2]
        url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        shown(f"Serving {url}/blocklist.txt")
        self._begin(lambda: asyncio.run(serving.answer(opened)))
        return url

    def bounce(self, kind: str, folder: Path, service: str, meters: Meters | None) -> None:
        """Keep a firewall of this host at what the guard decides."""
        knobs = replace(self.settings.bouncer, state=str(folder))
        target = target_of(kind, self.settings)
        enforcing = enforcing_of((kind, target), knobs, service, meters)
        enforcing.box = self.nearby.box()
        self._begin(lambda: run(enforcing, None, self.stopped.is_set, shown), waited=True)

    def attend(self, guard: Guard) -> Guard:
        """Hear a guard from now on."""
        guard.published.hearers.append(self.nearby.hear)
        return guard

    def look(self, guard: Guard, *, caught_up: bool) -> None:
        """Tell that the guard is alive, and what is in force once it has read what was there."""
        self.nearby.beat(CLOCK(), guard.published if caught_up else None)

    def close(self) -> None:
        """Let them write down what they hold; what is in force stays."""
        self.stopped.set()
        for thread in self._threads:
            thread.join(5)

    def _begin(self, work: Callable[[], None], *, waited: bool = False) -> None:
        thread = Thread(target=work, daemon=True)
        self._threads += [thread] if waited else []
        thread.start()


def beside(
    settings: Settings, place: str | None, kind: str | None, out: Path, meters: Meters | None
) -> Neighbours:
    """Start what was asked for beside a guard."""
    neighbours = Neighbours(settings)
    url = "" if place is None else neighbours.serve(place)
    if kind:
        neighbours.bounce(kind, out, url, meters)
    return neighbours
