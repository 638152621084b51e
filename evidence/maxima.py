"""Maxima: of each visitor the most in each window, in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MOST = 1 << 19  # rows; 500 windows above a p99.9 tell it to 5 %
PENDING = 1 << 18  # rows that wait to be summed up
SPREAD = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio: neighbours in, strangers out


class Maxima:
    """A table with a row for each visitor and window, and a column for each quantity.

    Where there are too many rows, half of all visitors are left out, chosen by their key, and all
    that they do with them. So whoever is in is in with everything.
    """

    def __init__(self, columns: int, over: int, most: int = MOST) -> None:
        """Keep so many columns for windows of *over* seconds, in at most so many rows."""
        self.over, self.halvings = over, 0
        self._most, self._waiting = most, 0
        self._parts = [(np.zeros(0, np.uint64), np.zeros(0, np.int64))]
        self._values = [np.zeros((0, columns), np.float32)]

    def add(self, key: NDArray[np.uint64], at: NDArray[np.int64], values: Floats) -> None:
        """Take rows: who (rows,), when (rows,) in seconds, how much (rows, columns) or NaN."""
        speaks = np.flatnonzero(self._chosen(key) & ~np.isnan(values).all(axis=1))
        if len(speaks):
            self._take(*summed(key[speaks], (at[speaks] - 1) // self.over, values[speaks]))
        if self._waiting > PENDING:
            self.rows()

    def rows(self) -> tuple[NDArray[np.uint64], Floats]:
        """Give who (rows,) did how much at most (rows, columns), a row for each window."""
        keys, windows = (np.concatenate(column) for column in zip(*self._parts, strict=True))
        key, window, values = summed(keys, windows, np.concatenate(self._values))
        while len(key) > self._most:
            self.halvings += 1
            chosen = self._chosen(key)
            key, window, values = key[chosen], window[chosen], values[chosen]
        self._parts, self._values, self._waiting = [(key, window)], [values], 0
        return key, values

    def _take(self, key: NDArray[np.uint64], window: NDArray[np.int64], values: Floats) -> None:
        self._parts.append((key, window))
        self._values.append(values)
        self._waiting += len(key)

    def _chosen(self, key: NDArray[np.uint64]) -> NDArray[np.bool_]:
        lot = (key * SPREAD) >> np.uint64(32)
        chosen: NDArray[np.bool_] = lot & np.uint64((1 << self.halvings) - 1) == 0
        return chosen


def summed(
    key: NDArray[np.uint64], window: NDArray[np.int64], values: Floats
) -> tuple[NDArray[np.uint64], NDArray[np.int64], Floats]:
    """Keep one row for each visitor and window: the most of each column."""
    if not len(key):
        return key, window, values
    order = np.lexsort((window, key))
    key, window, values = key[order], window[order], values[order]
    new = np.append(True, (np.diff(window) != 0) | (key[1:] != key[:-1]))
    starts = np.flatnonzero(new)
    return key[starts], window[starts], np.fmax.reduceat(values, starts, axis=0)
