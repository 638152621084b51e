"""Directory: which row of a platform's table a hash stands in, in one step each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from access.kernels.directory import find_hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORD = 64  # bits


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    """Sorted hashes and where those with the same first bits begin."""

    hashes: NDArray[np.uint64]  # (n,) sorted; 0 is nobody and is never found
    starts: NDArray[np.int64]  # (2 ** bits + 1,)
    shift: np.uint64  # WORD - bits

    @classmethod
    def of(cls, hashes: NDArray[np.uint64]) -> Self:
        """Index sorted *hashes*, with about as many buckets as there are of them."""
        bits = max(1, len(hashes).bit_length())
        shift = np.uint64(WORD - bits)
        counts = np.bincount((hashes >> shift).astype(np.int64), minlength=1 << bits)
        return cls(hashes, np.concatenate(([0], np.cumsum(counts))), shift)

    def __len__(self) -> int:
        """Count the hashes."""
        return len(self.hashes)

    def distinct(self) -> NDArray[np.intp]:
        """Tell where each hash first stands: (different hashes,)."""
        return np.flatnonzero(np.diff(self.hashes, prepend=np.uint64(0)))

    def find(self, wanted: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return where each hash first stands, -1 where it does not."""
        at = np.empty(len(wanted), np.int64)
        find_hashes(self.hashes, self.starts, self.shift, wanted, at)
        return at
