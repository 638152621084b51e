"""Plan: what a firewall is to hold, one list an action; no address stands in two of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from enforcement.cover import cidrs, holds, joined, name_of, span
from enforcement.decision import Action
from enforcement.lasting import lasting
from enforcement.targets import ADDRESSED
from streams.bouncing.rail import too_wide, untouchable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from enforcement.cover import Span
    from enforcement.lasting import Lease
    from streams.bouncing.heard import Ending

Held: TypeAlias = "tuple[str, float]"  # CIDR, and when it ends; infinite: never

# The hardest first: who is refused need not be slowed down as well.
LISTS = (Action.BLOCK, Action.CHALLENGE, Action.THROTTLE, Action.DEGRADE)
WORDS = tuple(action.name.lower() for action in LISTS)
REFUSED = WORDS[0]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to hold, by list, and what was left out of it."""

    lists: Mapping[str, tuple[Held, ...]] = field(default_factory=lambda: dict.fromkeys(WORDS, ()))
    left_out: Mapping[str, str] = field(default_factory=dict)  # target → why
    references: Mapping[str, str] = field(default_factory=dict)  # CIDR → id of what asks for it
    without_room: int = 0  # CIDRs
    whole: str = ""  # name of the set that it was cut from, for want of room; empty: it was not

    @property
    def set(self) -> str:
        """Name the set of the refused as the block list does."""
        return _named(tuple(cidr for cidr, _ in self.lists[REFUSED]))

    def at(self, now: float) -> Plan:
        """Leave out what has ended."""
        if all(end > now for held in self.lists.values() for _, end in held):
            return self
        lists = {word: tuple(h for h in held if h[1] > now) for word, held in self.lists.items()}
        return replace(self, lists=lists)

    def names(self, now: float, blur: float) -> Iterator[str | None]:
        """Name the sets that a firewall may hold in which entries end about now by themselves."""
        for moment in (now, now - blur, now + blur):
            yield self.at(moment).set

    def sizes(self) -> dict[str, int]:
        """Count each list."""
        return {word: len(held) for word, held in self.lists.items()}


def plan(endings: Iterable[Ending], own: Iterable[str], now: float) -> Plan:
    """Say what a firewall that has the addresses *own* is to hold at *now*.

    Whoever is pardoned, private or our own is cut out of wider entries; what then is nothing, and
    what is too wide, is left out and named.
    """
    alive = [(e, span(e.target), end) for e, end in endings if e.scope in ADDRESSED and end > now]
    never = untouchable(own)
    left_out = {e.target: why for e, place, _ in alive if e.action and (why := wrong(place, never))}
    spared = [place for entry, place, _ in alive if entry.action is None]
    holes = joined((*never, *spared))
    lists: dict[str, tuple[Held, ...]] = {}
    for action, word in zip(LISTS, WORDS, strict=True):
        leases: list[Lease] = [
            (place, end)
            for entry, place, end in alive
            if entry.action is action and entry.target not in left_out
        ]
        lists[word] = tuple(lasting(leases, holes))
        holes = joined((*holes, *(place for place, _ in leases)))
    return Plan(lists, left_out)


def wrong(place: Span, never: list[Span]) -> str:
    """Say why no firewall is told to refuse a place; nothing where it may."""
    if too_wide(place):
        return "wider than a /16, or of IPv6 a /32"
    return "private, or this host's own" if holds(never, place) else ""


@lru_cache(8)
def _named(cidrs: tuple[str, ...]) -> str:
    """Name a set; that of a large plan takes a second, and is asked for again and again."""
    return set_of(cidrs)


def set_of(texts: Iterable[str]) -> str:
    """Name a set of CIDRs, in whatever pieces it is held."""
    return name_of(tuple(_cover(texts)))


def _cover(texts: Iterable[str]) -> Iterator[str]:
    return cidrs(joined(map(span, texts)))
