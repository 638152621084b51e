"""Hash one field of every row, or the path in it."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel
from access.kernels.hashing import hash_span
from access.kernels.targets import path_start

MARK, HASH = 63, 35  # ? and #, which end a path


@kernel
def hashes_of(buffer, words, spans, column, seed):
    """Hash the text whose start stands in *column* of *spans*: (rows,) uint64, 0 when absent."""
    hashes = np.zeros(len(spans), np.uint64)
    for i in range(len(spans)):
        start, stop = np.int64(spans[i, column]), np.int64(spans[i, column + 1])
        if stop > start:
            hashes[i] = hash_span(buffer, words, start, stop, seed)
    return hashes


@kernel
def paths_of(buffer, words, targets, seed):
    """Hash the path of each of *targets* (rows, 2) without its query: (rows,), 0 without one."""
    hashes = np.zeros(len(targets), np.uint64)
    for i in range(len(targets)):
        stop = np.int64(targets[i, 1])
        start = path_start(buffer, np.int64(targets[i, 0]), stop)
        if start < 0:
            continue
        end = start
        while end < stop and buffer[end] != MARK and buffer[end] != HASH:
            end += 1
        hashes[i] = hash_span(buffer, words, start, end, seed)
    return hashes
