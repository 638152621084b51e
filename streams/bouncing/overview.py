"""Overview: ask `hedgerow serve` now and then how the firewalls stand, for who looks on."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

import msgspec

from streams.bouncing.acknowledging import PATH
from streams.bouncing.asking import TROUBLES, Place
from streams.serving.acks import STATES, Firewall

if TYPE_CHECKING:
    from streams.bouncing.knobs import Bouncer
    from streams.infrastructure import Service

OFTEN = 2.0  # seconds between two questions
PATIENCE = 2.0  # seconds in which it answers
WORDS = dict(zip(STATES, ("as published", "behind", "silent"), strict=True))


class Listed(msgspec.Struct):
    """What the service says."""

    firewalls: list[Firewall]


@dataclass(slots=True)
class Overview:
    """A line about all firewalls; empty where none acknowledges, or no service answers."""

    place: Place
    said: str = ""

    @classmethod
    def begin(cls, service: Service, knobs: Bouncer) -> Overview:
        """Ask from now on, in a thread of its own."""
        host = f"[{service.host}]" if ":" in service.host else service.host
        overview = cls(Place.of(f"http://{host}:{service.port}", knobs))
        Thread(target=overview.keep, name="overview", daemon=True).start()
        return overview

    def keep(self) -> None:
        """Ask for ever."""
        while True:
            try:
                self.said = summed(self.ask())
            except TROUBLES:
                self.said = ""
            time.sleep(OFTEN)

    def ask(self) -> list[Firewall]:
        """Ask once."""
        line = self.place.line(PATIENCE)
        try:
            line.request("GET", PATH, headers=self.place.headers())
            return msgspec.json.decode(line.getresponse().read(), type=Listed).firewalls
        finally:
            line.close()


def summed(firewalls: list[Firewall]) -> str:
    """Say how many hold what is published, and for how long the worst has not."""
    counts = Counter(each.state for each in firewalls)
    said = ", ".join(f"{counts[state]} {WORDS[state]}" for state in STATES if counts[state])
    drift = max((each.drift for each in firewalls), default=0.0)
    return f"{said} (for {drift:.0f} s)" if drift else said
