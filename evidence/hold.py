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
    """A span of time in which a key is held; in seconds since 1970 UTC, closed-open."""

    key: int
    begins: int
    ends: int
    case: int


@dataclass(frozen=True, slots=True, eq=False)
class Hold:
    """Terms sorted by key and begin. A key may have many, and belongs to one case."""

    keys: NDArray[np.uint64]  # distinct, ascending
    places: NDArray[np.int64]  # number of the key above its begin, ascending
    ends: NDArray[np.int64]  # the latest end so far of the key
    cases: NDArray[np.int64]
    sieve: NDArray[np.bool_]  # keys that may be here, by the upper bits of their spread
    eve: int  # seconds before a term whose requests show what led to it

    @classmethod
    def of(cls, terms: Sequence[Term], eve: int) -> Self:
        """Sort terms; where those of one key overlap, the key is held as long as any says."""
        key = np.array([term.key for term in terms], np.uint64)
        begins, ends, cases = np.array([t[1:] for t in terms], np.int64).reshape(-1, 3).T
        order = np.lexsort((begins, key))
        keys, number = np.unique(key[order], return_inverse=True)
        above = number.astype(np.int64) << SECONDS
        latest = np.maximum.accumulate(above + ends[order]) - above
        bits = max(8, (ROOMY * len(keys)).bit_length())
        sieve = np.zeros(1 << bits, np.bool_)
        sieve[spread_of(keys) >> np.uint64(64 - bits)] = True
        return cls(keys, above + begins[order], latest, cases[order], sieve, eve)

    def look(
        self, keys: NDArray[np.uint64], spread: NDArray[np.uint64], second: NDArray[np.int64]
    ) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.bool_]]:
        """Find requests by key and time: their rows, their cases, and which are held by then.

        *spread* is `spread_of(keys)`, which serves many holds.
        """
        bits = len(self.sieve).bit_length() - 1
        rows = np.flatnonzero(self.sieve[spread >> np.uint64(64 - bits)])
        number = np.minimum(np.searchsorted(self.keys, keys[rows]), len(self.keys) - 1)
        ours = self.keys[number] == keys[rows]
        rows, number = rows[ours], number[ours].astype(np.int64)
        near, term = self._begun(number, second[rows] + self.eve, second[rows])
        held, _ = self._begun(number, second[rows], second[rows])
        return rows[near], self.cases[term[near]], held[near]

    def _begun(
        self, number: NDArray[np.int64], by: NDArray[np.int64], at: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
        """Find each key's last term that begins by some time; tell which have not ended at *at*."""
        term = np.searchsorted(self.places, (number << SECONDS) + by, side="right") - 1
        found = (term >= 0) & (self.places[term] >> SECONDS == number) & (at < self.ends[term])
        return found, term


def spread_of(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread keys over 64 bits; the upper bits are the best."""
    spread: NDArray[np.uint64] = keys * MIXER
    return spread
