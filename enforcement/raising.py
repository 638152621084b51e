"""Raising: caps that people raised for some hours, and what holds because of it.

Times are milliseconds by the clock of whoever writes decisions down; in a folder event time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from enforcement.rails import Cap, Rails

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# How each cap is set. PREFIX is none of them: a wider network than machines judge is a broken one.
SET_BY = {
    Cap.RATE: "blocks_a_minute",
    Cap.ENTRIES: "entries",
    Cap.REQUESTS: "requests_least",
    Cap.PEOPLE: "people_least",
}
KEPT = 30 * 86_400_000  # milliseconds for which one that ended is kept: as long as `decisions` is


@dataclass(frozen=True, slots=True)
class Raise:
    """A cap that is higher for a while: there may be so many, or what the settings say if more."""

    cap: Cap
    most: int
    since: int
    until: int  # closed-open
    order: str  # which order did it

    def holds(self, at: int) -> bool:
        """Tell whether it is in force."""
        return self.since <= at < self.until


def usual(rails: Rails, cap: Cap) -> int:
    """Give what a cap is without an order; of those that are also a share, the number alone."""
    return int(getattr(rails, SET_BY[cap]))


def highest(raised: Iterable[Raise], cap: Cap, at: int) -> int:
    """Give the highest number that a cap was raised to at a time; 0 where it was not."""
    return max((each.most for each in raised if each.cap is cap and each.holds(at)), default=0)


def check_raise(rails: Rails, raised: Sequence[Raise], wanted: Raise) -> None:
    """Refuse what raises nothing: an order makes no cap lower than it is."""
    if wanted.cap not in SET_BY:
        msg = f"{wanted.cap} is no cap that people raise: {', '.join(SET_BY)} are"
        raise ValueError(msg)
    least = usual(rails, wanted.cap)
    if wanted.most <= least:
        msg = f"{wanted.cap} is {least} by the settings: {wanted.most} would not raise it"
        raise ValueError(msg)
    before = highest(raised, wanted.cap, wanted.since)
    if wanted.most < before:
        msg = f"{wanted.cap} is raised to {before} already: {wanted.most} would not raise it"
        raise ValueError(msg)


def added(raised: Iterable[Raise], wanted: Raise) -> list[Raise]:
    """Add one, once, even if it was ended early, and let go of those that ended long ago."""
    kept = [each for each in raised if each.until > wanted.since - KEPT]
    known = any(replace(each, until=wanted.until) == wanted for each in kept)
    return kept if known else [*kept, wanted]


def ended(raised: Iterable[Raise], cap: Cap, at: int) -> list[Raise]:
    """End those of a cap that had begun at a time."""
    whole = at // 1000 * 1000  # a clock that counts seconds has passed it: it tells no end again
    return [
        replace(each, until=min(each.until, whole))
        if each.cap is cap and each.since <= at
        else each
        for each in raised
    ]
