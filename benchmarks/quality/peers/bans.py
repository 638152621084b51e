"""Bans: an address that trips a rule is refused for a while, and then begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tests.cast.effects import NEVER
from tests.cast.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.quality.peers.traffic import Traffic

    Rows: TypeAlias = NDArray[np.intp]
    Mask: TypeAlias = NDArray[np.bool_]
    Rule = Callable[[Traffic, Rows], Mask]  # which of the rows trip it, if none is refused before


def banned(traffic: Traffic, rule: Rule, lasts: int) -> tuple[NDArray[np.int64], Mask]:
    """Tell of each line when its address was first banned, and whether it fell into a ban.

    *lasts* in milliseconds. Each round finds the next ban of every address that is still tripping,
    so the number of rounds is the most bans that any one address gets.
    """
    address, at = traffic.requests.address, traffic.requests.at
    first, inside = np.full(len(at), NEVER), np.zeros(len(at), bool)
    pending = traffic.rows
    while len(tripped := pending[rule(traffic, pending)]):
        who, place = np.unique(address[tripped], return_index=True)
        place = tripped[place]
        pending = pending[np.isin(address[pending], who)]
        cause = place[np.searchsorted(who, address[pending])]
        first[pending] = np.minimum(first[pending], at[cause])
        after = pending > cause  # lines stand in order of time
        inside[pending[after & (at[pending] < at[cause] + lasts)]] = True
        pending = pending[at[pending] >= at[cause] + lasts]
    return _everywhere(address, first), inside


def _everywhere(address: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give each line the earliest moment that any line of its address has."""
    _, place = np.unique(address, return_inverse=True)
    least = np.full(int(place.max(initial=-1)) + 1, NEVER)
    np.minimum.at(least, place, first)
    return least[place]


def outcome(traffic: Traffic, first: NDArray[np.int64], covered: Mask) -> Outcome:
    """Count a ban as a block, which is harder than all else."""
    ban = traffic.effect(first, covered)
    return Outcome(ban, ban, ban, ban, ban)
