"""Galleries: how many of an owner's pictures are most of them.

Whoever downloads a platform takes galleries whole and as bare files; whoever looks at one is shown
previews of it first, and has seen enough before its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.event import Rendition
from actors.kernels.depths import DEEPEST
from actors.warmth import delivered

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from access.batch import Batch

    # How many pictures owners (rows,) have, int64; 0 = not known.
    Sized = Callable[[NDArray[np.uint64]], NDArray[np.int64]]

MOST = 0.8  # of a gallery; chosen: a downloader leaves out what is private, gone or no picture
LEAST = 10  # pictures of a gallery that is looked at; chosen: one page shows a smaller one whole


def unsized(owner: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Know of no owner (rows,) how many pictures there are."""
    return np.zeros(len(owner), np.int64)


def most_of(batch: Batch, sized: Sized) -> NDArray[np.uint16]:
    """Tell of each original that was given how many make most of its owner's gallery: (rows,).

    0 of everything else, and where the gallery is small, larger than is counted, or not known.
    """
    most = np.zeros(len(batch), np.uint16)
    if sized is unsized:
        return most
    whole = delivered(batch) & (batch.rendition == Rendition.ORIGINAL)
    row = np.flatnonzero(whole & (batch.owner != 0))
    size = sized(batch.owner[row])
    counted = (size >= LEAST) & (size * MOST <= DEEPEST)
    most[row] = np.where(counted, np.ceil(size * MOST), 0)
    return most
