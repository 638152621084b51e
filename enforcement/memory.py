"""Memory: what the docket remembers of the actors of one scope, in bounded room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from enforcement.peaks import NONE
from enforcement.policy import NOTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enforcement.policy import Policy

LONG_AGO = -(1 << 40)  # seconds; the end of a sentence that never was
KEPT = 7 / 8  # of the bound, after making room; so that it is made rarely


def entry(detectors: int) -> np.dtype[np.void]:
    """Lay out one actor."""
    return np.dtype(
        [
            ("key", np.uint64),
            ("peaks", np.float64, (detectors,)),  # level of the highest score of each detector
            ("told", np.float64, (detectors,)),  # level of the last signal of each detector
            ("action", np.int8),  # of the last decision
            ("until", np.int64),  # seconds since 1970 UTC, end of the last decision
            ("returns", np.int32),  # how often a decision had to follow one that had ended
        ]
    )


class Memory:
    """Remembers every actor against whom any detector spoke; the weakest go when it is full.

    The bound is kept between ticks: one tick may add as many actors as it judges.
    """

    def __init__(self, detectors: int, policy: Policy) -> None:
        """Remember what so many detectors say of at most `policy.entries` actors."""
        self.policy = policy
        self.bound = policy.entries
        self.now = LONG_AGO  # newest tick heard
        self._table: NDArray[Any] = np.zeros(0, entry(detectors))
        self._places: dict[int, int] = {}

    def __len__(self) -> int:
        """Count the actors remembered."""
        return len(self._places)

    @property
    def entries(self) -> NDArray[Any]:
        """Show the actors remembered; writing here is remembering."""
        return self._table[: len(self)]

    def places(self, actors: NDArray[np.uint64]) -> NDArray[np.intp]:
        """Say where in `entries` each actor is, making an empty entry for the new ones."""
        distinct, inverse = np.unique(actors, return_inverse=True)
        known, before = self._places, len(self)
        places = np.array([known.setdefault(k, len(known)) for k in distinct.tolist()], np.intp)
        self._reserve(len(known))
        new = places >= before
        blank = np.zeros(1, self._table.dtype)
        blank["peaks"] = blank["told"] = NONE
        blank["action"], blank["until"] = NOTHING, LONG_AGO
        self._table[places[new]] = blank
        self._table["key"][places[new]] = distinct[new]
        return places[inverse]

    def fitting(self, at: NDArray[np.int64], actors: NDArray[np.uint64]) -> int:
        """Count the leading rows to hear before room must be made: whole ticks, at least one."""
        distinct, first = np.unique(actors, return_index=True)
        fresh = [key not in self._places for key in distinct.tolist()]
        new = np.sort(first[np.array(fresh, np.bool_)])
        left = self.bound - len(self)
        if left < 0:
            return int(np.searchsorted(at, max(self.now, int(at[0])), side="right"))
        if len(new) <= left:
            return len(at)
        return int(np.searchsorted(at, at[new[left]], side="right"))

    def make_room(self, at: int) -> None:
        """Forget the weakest before the tick *at* is heard, if the ones before it were too many."""
        if at <= self.now:
            return
        if len(self) > self.bound:
            self._keep(self._strongest(int(self.bound * KEPT)))
        self.now = at

    def copy(self) -> Memory:
        """Remember the same apart from this one."""
        copy = Memory(0, self.policy)
        copy._table, copy._places = self.entries.copy(), dict(self._places)
        copy.now = self.now
        return copy

    def restore(self, entries: NDArray[Any], now: int) -> None:
        """Remember exactly what `entries` and `now` were."""
        if entries.dtype != self._table.dtype:
            msg = f"these entries were made by other detectors: {entries.dtype}"
            raise ValueError(msg)
        self._table, self.now = entries.copy(), now
        self._places = {key: place for place, key in enumerate(entries["key"].tolist())}

    def _strongest(self, count: int) -> NDArray[np.intp]:
        entries = self.entries
        strength = np.exp2(entries["peaks"] - self.now / self.policy.half_life).sum(axis=1)
        in_force = entries["until"] > self.now
        return np.sort(np.lexsort((entries["key"], -strength, ~in_force))[:count])

    def _keep(self, places: NDArray[np.intp]) -> None:
        self.restore(self.entries[places], self.now)

    def _reserve(self, count: int) -> None:
        if count > len(self._table):
            grown = np.zeros(max(count, 2 * len(self._table)), self._table.dtype)
            grown[: len(self._table)] = self._table
            self._table = grown
