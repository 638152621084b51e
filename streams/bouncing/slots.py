"""Slots: what a list with little room holds: what saves most, in as few CIDRs as there can be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enforcement.cover import cidrs, joined, span
from enforcement.rungs import Rung
from feeds.granting import worth
from feeds.items import behind
from streams.bouncing.plan import LISTS, REFUSED, WORDS, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enforcement.decision import Action
    from feeds.items import Item
    from streams.bouncing.heard import Ending
    from streams.bouncing.plan import Held


@dataclass(frozen=True, slots=True)
class Room:
    """What the lists of a target can hold."""

    slots: int  # CIDRs a list
    apart: bool = False  # so many of IPv4, and so many of IPv6
    lists: tuple[str, ...] = (REFUSED,)  # that there are


def fitted(made: Plan, endings: Iterable[Ending], room: Room, now: float) -> Plan:
    """Narrow a plan to a room, with what is behind each CIDR, in the order of the feeds' budgets.

    Such lists know no ends, so neighbours that end at different times share a CIDR until then.
    """
    alive = [entry for entry, end in endings if end > now]
    lists: dict[str, tuple[Held, ...]] = dict.fromkeys(WORDS, ())
    references: dict[str, str] = {}
    without_room = 0
    for action, word in zip(LISTS, WORDS, strict=True):
        if word not in room.lists:
            continue
        places = joined(span(cidr) for cidr, _ in made.lists[word])
        found = behind([Rung(cidr, action) for cidr in cidrs(places)], alive)
        kept = best(found, room)
        without_room += len(found) - len(kept)
        lists[word] = tuple((item.cidr, math.inf) for item in kept)
        references |= {item.cidr: item.reference for item in kept}
    return Plan(lists, made.left_out, references, without_room, made.set if without_room else "")


def best(found: list[Item], room: Room) -> list[Item]:
    """Give the slots to those that save most; the order of addresses stays."""
    kinds = [[at for at, item in enumerate(found) if (":" in item.cidr) == six] for six in (0, 1)]
    if not room.apart:
        kinds = [[at for kind in kinds for at in kind]]
    ranked = [sorted(kind, key=lambda at: rank(found[at]), reverse=True) for kind in kinds]
    return [found[at] for at in sorted(at for kind in ranked for at in kind[: room.slots])]


def rank(item: Item) -> tuple[tuple[Action, bool, int], float]:
    """Rank as feeds do; of equals, who is refused for longer: a slot once given is kept."""
    return worth(item), math.inf if item.until is None else item.until
