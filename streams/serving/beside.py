"""Beside: a service in the process of a guard, which tells it what is in force without a broker."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from streams.bouncing.heard import Heard, Mailbox
    from streams.posted import News, Posted

    Hear = Callable[[Iterable[News]], None]

LOOK = 0.02  # seconds between two looks into the box


class Beside:
    """Stands where a `Subscription` does, and keeps a `Posted` current from a mailbox."""

    def __init__(self, posted: Posted, box: Mailbox, now: Callable[[], float]) -> None:
        """Hear for *posted*; *now* gives seconds since 1970 by the clock."""
        self.posted, self.box, self.now = posted, box, now
        self.hearers: list[Hear] = []
        self._heard = False

    @property
    def knows(self) -> bool:
        """Tell whether it was ever told."""
        return self._heard

    @property
    def current(self) -> float:
        """Say when the guard last gave a sign of life."""
        return self.box.alive if self._heard else 0.0

    async def keep(self) -> None:
        """Hear until cancelled."""
        while True:
            if heard := self.box.take(0.0):
                self._pass_on(self._take(heard))
                self._heard = True
            self._pass_on(self.posted.expire(self.now()))
            await asyncio.sleep(LOOK)

    def _take(self, heard: Heard) -> list[News]:
        now, named = self.now(), {entry.key for entry, _ in heard.entries}
        held = self.posted.keys()
        gone = [key for key in held if key not in named]
        dropped = [news for key in gone for news in self.posted.drop(key)]
        taken = [n for entry, end in heard.entries for n in self.posted.take(entry, end, now)]
        return dropped + taken

    def _pass_on(self, news: list[News]) -> None:
        for hear in self.hearers if news else ():
            hear(news)
