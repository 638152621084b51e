"""Hold: which of many keys are held at a moment, and in which case; looked up by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SECONDS = 36  # bits of a moment within a place; 2,000 years
ROOMY = 16  # places of the sieve per key: one stranger in 16 is looked up in vain
MIXER = np.uint64(0x9E3779B97F4A7C15)  # golden ratio, spreads neighbouring keys


class Term(NamedTuple):
    """A span of time in which a key is held; all in seconds since 1970 UTC."""

    key: int
    eve: int  # from here on its requests show what led to it
    begins: int
    ends: int  # closed-open
    case: int


@dataclass(frozen=True, slots=True, eq=False)
class Hold:
    """Terms sorted by key and eve. A key may have many, and belongs to one case."""

    keys: NDArray[np.uint64]  # distinct, ascending
    places: NDArray[np.int64]  # number of the key above its eve, ascending
    begins: NDArray[np.int64]
    before: NDArray[np.int64]  # the latest end of earlier terms of the key, 0 without
    ends: NDArray[np.int64]  # the latest end so far of the key
    cases: NDArray[np.int64]
    sieve: NDArray[np.bool_]  # keys that may be here, by their mixed upper bits

    @classmethod
    def of(cls, terms: Sequence[Term]) -> Self:
        """Sort terms; where those of one key overlap, the key is held as long as any says."""
        key = np.array([term.key for term in terms], np.uint64)
        eve, begins, ends, cases = np.array([t[1:] for t in terms], np.int64).reshape(-1, 4).T
        order = np.lexsort((eve, key))
        keys, number = np.unique(key[order], return_inverse=True)
        above = number.astype(np.int64) << SECONDS
        latest = np.maximum.accumulate(above + ends[order]) - above
        same = np.append(np.zeros(1, np.bool_), number[1:] == number[:-1])[: len(order)]
        before = np.where(same, np.roll(latest, 1), 0)
        bits = max(8, (ROOMY * len(keys)).bit_length())
        sieve = np.zeros(1 << bits, np.bool_)
        sieve[mixed(keys, bits)] = True
        return cls(keys, above + eve[order], begins[order], before, latest, cases[order], sieve)

    def look(
        self, keys: NDArray[np.uint64], second: NDArray[np.int64]
    ) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.bool_]]:
        """Find requests by key and time: their rows, their cases, and which are held by then."""
        bits = len(self.sieve).bit_length() - 1
        rows = np.flatnonzero(self.sieve[mixed(keys, bits)])
        number = np.minimum(np.searchsorted(self.keys, keys[rows]), len(self.keys) - 1)
        ours = self.keys[number] == keys[rows]
        rows, number = rows[ours], number[ours]
        place = (number.astype(np.int64) << SECONDS) + second[rows]
        term = np.searchsorted(self.places, place, side="right") - 1
        at, found = second[rows], term >= 0
        found &= (self.places[term] >> SECONDS == number) & (at < self.ends[term])
        held = (at >= self.begins[term]) | (at < self.before[term])
        return rows[found], self.cases[term[found]], held[found]


def mixed(keys: NDArray[np.uint64], bits: int) -> NDArray[np.uint64]:
    """Spread keys over 2**bits places."""
    spread: NDArray[np.uint64] = (keys * MIXER) >> np.uint64(64 - bits)
    return spread
