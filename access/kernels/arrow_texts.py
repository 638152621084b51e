"""Hash a column of texts as arrow keeps it: all their bytes, and where each ends."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel
from access.kernels.hashing import hash_span


@kernel
def hash_texts(buffer, words, offsets, seed, hashes):
    """Hash `buffer[offsets[i]:offsets[i + 1]]` for each row; an empty text is 0, nobody."""
    for i in range(len(hashes)):
        start, stop = np.int64(offsets[i]), np.int64(offsets[i + 1])
        hashes[i] = hash_span(buffer, words, start, stop, seed) if start < stop else np.uint64(0)
