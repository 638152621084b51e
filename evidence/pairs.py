"""Pairs: count distinct values per case, exactly while there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOM = 1 << 22  # pairs; 16 bytes each, and about four times that while they are sorted
LEAST = 1 << 16  # waiting pairs that are worth sorting


class Pairs:
    """A set of (case, value) pairs in columns; 0 stands for unknown and is not counted.

    Once `room` is taken, nothing is added any more and `full` says that counts are lower bounds.
    """

    def __init__(self, room: int = ROOM) -> None:
        """Hold about *room* pairs."""
        self.full = False
        self._room = room
        self._case, self._value = np.zeros(0, np.int64), np.zeros(0, np.uint64)
        self._waiting: list[tuple[NDArray[np.int64], NDArray[np.uint64]]] = []
        self._late = 0  # pairs that wait

    def add(self, case: NDArray[np.int64], value: NDArray[np.uint64]) -> None:
        """Add pairs, row by row; adding one twice is adding it once."""
        known = value != 0
        if self.full or not known.any():
            return
        self._waiting.append((case[known], value[known]))
        self._late += int(known.sum())
        if self._late > max(LEAST, len(self._case)):
            self._settle()

    def counts(self, cases: int) -> NDArray[np.int64]:
        """Count the distinct values of each of the first *cases* cases."""
        self._settle()
        return np.bincount(self._case, minlength=cases)

    def _settle(self) -> None:
        """Merge what waits; each pair is sorted a logarithmic number of times."""
        if not self._waiting:
            return
        case = np.concatenate([self._case, *(pair[0] for pair in self._waiting)])
        value = np.concatenate([self._value, *(pair[1] for pair in self._waiting)])
        order = np.lexsort((value, case))
        case, value = case[order], value[order]
        new = np.ones(len(case), np.bool_)
        new[1:] = (case[1:] != case[:-1]) | (value[1:] != value[:-1])
        self._case, self._value = case[new], value[new]
        self._waiting, self._late = [], 0
        self.full = len(self._case) >= self._room
