"""Items: what stands behind each CIDR that is told: since when, until when, for what."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enforcement.cover import span
from enforcement.rungs import Rung
from enforcement.targets import ADDRESSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enforcement.decision import Action
    from enforcement.standing import Entry, Standing


@dataclass(slots=True)
class Item:
    """A CIDR, with the sum of the entries that ask for it."""

    cidr: str
    action: Action
    since: int = 0  # seconds since 1970 UTC, of the oldest
    until: int | None = None  # … when the first of them ends; None: none does
    pictures: int = 0  # that its visitors had been given when they were decided about
    ordered: bool = False  # by a person, who counts no pictures
    reference: str = ""  # id of the decision or order that took most

    def add(self, entry: Entry) -> None:
        """Take in one of the entries behind it."""
        first = not self.reference
        self.since = entry.since if first else min(self.since, entry.since)
        ends = [end for end in (self.until, entry.until) if end is not None]
        self.until = min(ends, default=None)
        if first or entry.pictures > self.pictures:
            self.reference = entry.reference
        self.pictures += entry.pictures
        self.ordered |= not entry.pictures


def items(standing: Standing) -> list[Item]:
    """Say what stands behind each of the refused."""
    return behind([Rung(cidr, standing.action) for cidr in standing.refused], standing.entries)


def behind(rungs: Sequence[Rung], entries: Iterable[Entry]) -> list[Item]:
    """Add up the entries behind each of some rungs, which are disjoint and sorted by address."""
    found = [Item(cidr, action) for cidr, action in rungs]
    places = [span(cidr) for cidr, _ in rungs]
    lasts = [(place.version, place.last) for place in places]
    for entry in entries:
        if entry.scope not in ADDRESSED or entry.action is None:
            continue
        version, first, last = span(entry.target)
        at = bisect_left(lasts, (version, first))
        while at < len(places) and places[at][:2] <= (version, last):
            if found[at].action is entry.action:
                found[at].add(entry)
            at += 1
    return found
