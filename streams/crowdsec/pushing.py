"""Pushing: keep a CrowdSec's own list as Hedgerow's is, whatever happens to either."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.crowdsec.alerts import alerts, left
from streams.crowdsec.remedy import Remedy
from streams.crowdsec.turns import Delta, changed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.crowdsec.asked import Asked
    from streams.crowdsec.board import Board
    from streams.crowdsec.lapi import Lapi

LOOK = 60.0  # seconds between two looks at what it holds; chosen: it may have lost some
APART = 60.0  # seconds by which two ends may differ: clocks do


@dataclass(slots=True)
class Pushing:
    """Tells what has changed, and now and then compares all."""

    board: Board
    lapi: Lapi
    asked: Asked  # what is told at all
    told: int | None = None  # number of the newest change that it knows; None: nobody knows
    looked: float = 0.0

    async def push(self) -> Delta:
        """Tell what it does not know; give that. After an OSError the next call compares all."""
        self.board.current()
        number, now, known = self.board.number, self.board.now(), self.told
        self.told = None
        if known is None or now - self.looked > LOOK:
            wanted = list(filter(self.asked.wants, self.board.told.values()))
            delta = differing(wanted, await asyncio.to_thread(self._there, now))
            self.looked = now
        else:
            delta = self._passing(changed(self.board, known))
        if delta.new or delta.deleted:
            told = list(self.board.told.values())
            await asyncio.to_thread(self._tell, delta, told, now)
        self.told = number
        return delta

    def _there(self, now: float) -> list[Remedy]:
        """Read what it holds of ours."""
        return [
            Remedy(said["scope"], said["value"], said["type"], round(now + left(said["duration"])))
            for said in self.lapi.ours()
        ]

    def _passing(self, delta: Delta) -> Delta:
        wants = self.asked.wants
        return Delta([*filter(wants, delta.new)], [*filter(wants, delta.deleted)])

    def _tell(self, delta: Delta, told: list[Remedy], now: float) -> None:
        if delta.deleted and not delta.new and not any(map(self.asked.wants, told)):
            self.lapi.clear()  # all are let go: at once, and not one by one
            return
        for remedy in delta.deleted:
            self.lapi.delete(remedy)
        for alert in alerts(delta.new, now):
            self.lapi.tell([alert])


def differing(wanted: Iterable[Remedy], there: Iterable[Remedy]) -> Delta:
    """Say how to come from what is there to what is wanted; twice the same is once too often."""
    missing = {remedy.name: remedy for remedy in wanted}
    seen: dict[str, Remedy] = {}
    wrong: dict[str, Remedy] = {}
    for remedy in there:
        meant = missing.get(remedy.name)
        same = meant and meant.kind == remedy.kind and abs(meant.end - remedy.end) <= APART
        if not same or remedy.name in seen:
            wrong[remedy.name] = remedy
        seen[remedy.name] = remedy
    new = [r for name, r in missing.items() if name in wrong or name not in seen]
    return Delta(new, list(wrong.values()))
