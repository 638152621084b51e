"""Scan the JSON lines of a chunk: one walk and one settling a line, all in compiled code."""

from __future__ import annotations

import numpy as np

from access.aliases import MEANINGS, RANKS
from access.kernels.compiled import kernel
from access.kernels.settle_json import settle
from access.kernels.walk_json import DEEPEST, FINE, walk


@kernel
def scan(buffer, words, table, starts, stops, rows, columns, free):
    """Fill the *rows* of `columns`, the arrays of `access.found.Found` in order; return free."""
    spans, at, status, method, size, problem, where = columns
    stack = np.zeros((DEEPEST + 1, 3), np.int64)
    values = np.zeros((MEANINGS * RANKS, 3), np.int64)
    seen, numbers = np.zeros(MEANINGS, np.int64), np.zeros(4, np.int64)
    for row in rows:
        start, stop = np.int64(starts[row]), np.int64(stops[row])
        spans[row, 0], spans[row, 1] = start, stop
        seen[:] = 0
        code, place = walk(buffer, words, table, stack, values, seen, start, stop, free)
        if code == FINE:
            code, place, free = settle(buffer, values, seen, spans[row], numbers, free)
        if code == FINE:
            at[row], status[row], method[row], size[row] = numbers
        problem[row], where[row] = code, max(place - start, 0)
    return free
