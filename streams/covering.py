"""Covering: which requests the blocks in force would have refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.addresses import network_of
from actors.frame import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from enforcement.decision import Decision


def columns(batch: Batch) -> dict[Scope, NDArray[np.uint64]]:
    """Give the key of each request in each scope, the narrowest scope first."""
    return {
        Scope.ADDRESS: batch.address,
        Scope.SESSION: batch.session,
        Scope.ACCOUNT: batch.account,
        Scope.NETWORK: network_of(batch.address),
    }


def covered(
    keys: NDArray[np.uint64], at: NDArray[np.int64], blocks: Sequence[Decision]
) -> NDArray[np.intp]:
    """Say for each request which block refuses it, -1 for none; *at* is in milliseconds."""
    which = np.full(len(keys), -1, np.intp)
    order = sorted(range(len(blocks)), key=lambda number: (blocks[number].key, number))
    sorted_keys = np.array([blocks[number].key for number in order], np.uint64)
    starts = np.array([blocks[number].at for number in order], np.int64) * 1000
    ends = np.array([blocks[number].until for number in order], np.int64) * 1000
    place = np.searchsorted(sorted_keys, keys)
    right = np.searchsorted(sorted_keys, keys, side="right")
    while (open_ := np.flatnonzero((place < right) & (which < 0))).size:
        block = place[open_]
        hit = (starts[block] <= at[open_]) & (at[open_] < ends[block])
        which[open_[hit]] = np.array(order, np.intp)[block[hit]]
        place[open_] += 1
    return which
