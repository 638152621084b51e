"""Arms: which actors a change is tried on first; drawn by lot, and drawn the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import network_of
from actors.frame import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from actors.frame import Frame

# splitmix64: each bit of a key moves every bit of its lot.
STEP = 0x9E3779B97F4A7C15
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
WORD = (1 << 64) - 1
SPAN = float(1 << 53)  # lots that a float tells apart


@dataclass(frozen=True, slots=True)
class Arms:
    """A share of actors, for a site's secret key.

    An address is drawn by its network, so that nobody changes sides by changing addresses in it.
    Sessions and accounts are drawn by themselves, for they move between networks. Whoever is in a
    share is in every larger one.
    """

    share: float  # [0, 1]
    key: int  # of the site

    def tried(self, scope: Scope, actor: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Tell on which actors (rows,) the change is tried."""
        drawn = network_of(actor) if scope is Scope.ADDRESS else actor
        within: NDArray[np.bool_] = lots(drawn, self.key) < self.share
        return within

    def split(self, frames: Iterable[Frame]) -> tuple[list[Frame], list[Frame]]:
        """Part the rows of frames: those who stay, and those the change is tried on."""
        stay: list[Frame] = []
        tried: list[Frame] = []
        for frame in frames:
            chosen = self.tried(frame.scope, frame.actor)
            stay.append(frame.take(np.flatnonzero(~chosen)))
            tried.append(frame.take(np.flatnonzero(chosen)))
        return stay, tried


def lots(key: NDArray[np.uint64], seed: int) -> NDArray[np.float64]:
    """Draw a number in [0, 1) for each key (rows,)."""
    mixed = key + np.uint64((seed + 1) * STEP & WORD)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * SECOND
    mixed ^= mixed >> np.uint64(31)
    drawn: NDArray[np.float64] = (mixed >> np.uint64(11)).astype(np.float64) / SPAN
    return drawn
