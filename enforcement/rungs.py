"""Rungs: milder answers than a block as disjoint CIDRs; where two meet, the stronger holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from access.addresses import NEVER_ACTORS
from enforcement.cover import Span, cidrs, joined, span, without
from enforcement.decision import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

NOBODY = joined(map(span, NEVER_ACTORS))  # no visitor comes from there; it is never told
MILDER = (Action.CHALLENGE, Action.THROTTLE, Action.DEGRADE)  # strongest first


class Rung(NamedTuple):
    """An address or a network, and what is done about it."""

    cidr: str
    action: Action


def milder(placed: Iterable[tuple[Action | None, Span]], taken: list[Span]) -> tuple[Rung, ...]:
    """List who is answered milder than by a block, by address; *taken* are spared or refused."""
    wanted: dict[Action | None, list[Span]] = {}
    for action, place in placed:
        wanted.setdefault(action, []).append(place)
    found: list[tuple[Span, Action]] = []
    for action in MILDER:
        if action in wanted:
            taken = joined(taken)
            free = list(without(joined(wanted[action]), taken))
            found += [(place, action) for place in free]
            taken = [*taken, *free]
    return tuple(Rung(cidr, action) for place, action in sorted(found) for cidr in cidrs([place]))
