"""Remedy: what CrowdSec calls a decision, one value and what is done about it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from actors.frame import Scope
from enforcement.cover import cidrs, span, without
from enforcement.decision import Action
from enforcement.targets import ADDRESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enforcement.cover import Span
    from enforcement.standing import Entry

IP, RANGE = "Ip", "Range"
PLACED = (IP, RANGE)
NAMED = {Scope.SESSION: "session", Scope.ACCOUNT: "username"}  # as CrowdSec's own scenarios say
KINDS = {
    Action.BLOCK: "ban",
    Action.CHALLENGE: "captcha",
    Action.THROTTLE: "throttle",
    Action.DEGRADE: "degrade",
}
RANKS = {kind: rank for rank, kind in enumerate(reversed(KINDS.values()))}


class Remedy(msgspec.Struct, frozen=True, array_like=True):
    """One value, and what is done about it."""

    scope: str  # Ip, Range, session, username
    value: str
    kind: str  # of KINDS; CrowdSec says type
    end: int  # seconds since 1970 by the clock

    @property
    def name(self) -> str:
        """Name what it is about, so that no session can pass for an address."""
        return self.value if self.scope in PLACED else f"{self.scope}:{self.value}"

    @property
    def strength(self) -> tuple[int, int]:
        """Compare with others about the same."""
        return RANKS[self.kind], self.end


def remedies(entry: Entry, end: int, holes: Sequence[Span] = ()) -> tuple[Remedy, ...]:
    """Say an entry as CrowdSec does; what *holes* spare, joined, is left out of ranges."""
    kind = KINDS.get(entry.action) if entry.action else None
    if kind is None:
        return ()
    if entry.scope in NAMED:
        return (Remedy(NAMED[entry.scope], entry.target, kind, end),)
    if entry.scope not in ADDRESSED:
        return ()
    place = span(entry.target) if holes else None
    left = list(without([place], holes)) if place else []
    if left == [place] or not place:  # nearly always, and the target is written as it should be
        return (Remedy(*placed(entry.target), kind, end),)
    return tuple(Remedy(*placed(cidr), kind, end) for cidr in cidrs(left))


def placed(cidr: str) -> tuple[str, str]:
    """Tell an address from a range; of IPv6 one visitor has a /64, so there is no address."""
    if cidr.endswith("/32") and "." in cidr:
        return IP, cidr[:-3]
    return (RANGE if "/" in cidr else IP), cidr
