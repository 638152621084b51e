"""Things: tell apart, by their paths, what is counted beside pictures: traps and whole assets.

A browser loads an asset whole once and keeps it, so an asset that came whole counts a browser; what
a cache still held (304) counts nobody, and has no identity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.event import Field, Kind, Outcome
from access.kernels.texts import paths_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from access.batch import Batch

WHOLE = 200  # HTTP status; 206 is a part, 304 nothing


def name_things(batch: Batch, words: NDArray[np.uint64], key: int) -> None:
    """Write which trap or whole asset it is into the `picture` of each such row, in place."""
    asset = batch.kind == Kind.ASSET
    batch.picture[asset] = 0
    whole = asset & (batch.outcome == Outcome.DELIVERED) & (batch.status == WHOLE)
    rows = np.flatnonzero(whole | (batch.kind == Kind.TRAP))
    targets = batch.spans[rows, 2 * Field.TARGET : 2 * Field.TARGET + 2]
    batch.picture[rows] = paths_of(batch.buffer, words, targets, np.uint64(key))
