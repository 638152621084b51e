"""Buckets: leaky buckets, one a key, over columns of keys and times.

Rows stand key after key, each key's in order of time. A request pours in one *period*, and the
bucket loses a millisecond every millisecond; so levels are whole numbers of milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


def ranks(key: Ints) -> Ints:
    """Count the rows of each key before each row."""
    rows = np.arange(len(key))
    fresh = np.r_[True, key[1:] != key[:-1]][: len(key)]
    return rows - np.maximum.accumulate(np.where(fresh, rows, 0))


def levels(key: Ints, at: Ints, period: int) -> Ints:
    """Fill buckets that never refuse: the level (rows,) after each request.

    A bucket was last empty before the request from which most has been poured in since, less what
    has run out; so its level is a running maximum, taken key by key.
    """
    rank = ranks(key)
    ahead = at - at.min(initial=0) - rank * period
    group = np.cumsum(rank == 0)
    apart = int(np.ptp(ahead)) + 1 if len(ahead) else 1
    most = np.maximum.accumulate(ahead + group * apart) - group * apart
    level: Ints = period + most - ahead
    return level


def refused(key: Ints, at: Ints, period: int, most: int) -> Mask:
    """Tell which requests (rows,) overfill buckets of *most* milliseconds; these pour nothing in.

    Only what follows on an empty bucket and would overfill one that never refuses is looked at,
    for all such runs at once: their first requests, their second ones, and so on.
    """
    full = levels(key, at, period)
    begins = np.flatnonzero(full == period)
    length = np.diff(np.r_[begins, len(key)])
    over = np.maximum.reduceat(full, begins) > most if len(begins) else np.zeros(0, bool)
    begins, length = begins[over], length[over]
    order = np.argsort(-length, kind="stable")
    begins, length = begins[order], length[order]
    level, last = np.zeros(len(begins), np.int64), at[begins]
    answer = np.zeros(len(key), bool)
    for turn in range(int(length.max(initial=0))):
        rows = begins[: int(np.searchsorted(-length, -turn, side="left"))] + turn
        left = np.maximum(level[: len(rows)] - (at[rows] - last[: len(rows)]), 0)
        answer[rows] = left + period > most
        level[: len(rows)] = np.where(answer[rows], left, left + period)
        last[: len(rows)] = at[rows]
    return answer


def crowded(key: Ints, at: Ints, count: int, within: int) -> Mask:
    """Tell which rows are at least the *count*-th of their key in so many milliseconds."""
    rows = np.arange(len(key))
    before = np.maximum(rows - (count - 1), 0)
    return (ranks(key) >= count - 1) & (at - at[before] <= within)
