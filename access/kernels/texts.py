"""Hash one field of every row."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel
from access.kernels.hashing import hash_span


@kernel
def hashes_of(buffer, words, spans, column, seed):
    """Hash the text whose start stands in *column* of *spans*: (rows,) uint64, 0 when absent."""
    hashes = np.zeros(len(spans), np.uint64)
    for i in range(len(spans)):
        start, stop = np.int64(spans[i, column]), np.int64(spans[i, column + 1])
        if stop > start:
            hashes[i] = hash_span(buffer, words, start, stop, seed)
    return hashes
