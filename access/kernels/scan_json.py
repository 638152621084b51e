"""Scan the JSON lines of a chunk: one walk and one settling a line, all in compiled code."""

from __future__ import annotations

import numpy as np

from access.aliases import MEANINGS, RANKS, Meaning
from access.event import HEADERS
from access.kernels.compiled import kernel
from access.kernels.json_carried import RAW, ROW, START, STOP, carry, is_request, without
from access.kernels.settle_json import listen, settle
from access.kernels.walk_json import DEEPEST, FINE, walk

_CARRIED = int(Meaning.CARRIED)


@kernel
def scan(buffer, words, table, starts, stops, rows, columns, carried, free):
    """Fill the *rows* of `columns`, the arrays of `access.found.Found` in order.

    Return (free, lines carried): these are written out and noted in `carried` while it has room.
    """
    spans, at, status, method, size, protocol, said, handshake, problem, where = columns
    stack = np.zeros((DEEPEST + 1, 3), np.int64)
    values = np.zeros((MEANINGS * RANKS, 3), np.int64)
    seen, numbers = np.zeros(2 * MEANINGS, np.int64), np.zeros(5, np.int64)
    sent = np.zeros(2 * HEADERS, np.int64)
    count = 0
    for row in rows:
        start, stop = np.int64(starts[row]), np.int64(stops[row])
        spans[row, 0], spans[row, 1] = start, stop
        seen[:], numbers[0] = 0, at[row]
        said[row], handshake[row] = 0, 0
        code, place = walk(buffer, words, table, stack, values, seen, start, stop, free)
        if code == FINE:
            code, place, free = settle(buffer, values, seen, spans[row], numbers, free)
            at[row], status[row], method[row], size[row], protocol[row] = numbers
            if seen[0]:
                told = listen(buffer, words, values, seen, spans[row], sent, free)
                said[row], handshake[row] = told
            if seen[_CARRIED] and count < len(carried):
                if not is_request(seen, spans[row], numbers[1]):
                    raw, first, last, free = carry(buffer, values, seen, free)
                    if last > first:
                        noted = carried[count]
                        noted[ROW], noted[RAW], noted[START], noted[STOP] = row, raw, first, last
                        code, count = without(code, seen, spans[row]), count + 1
        problem[row], where[row] = code, max(place - start, 0)
    return free, count
