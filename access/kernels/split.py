"""Cut bytes into lines, and see which byte each line opens with."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel, lean_kernel
from access.kernels.lanes import LANES, alike, lowest

LONG = 8 << 20  # bytes; with its newline, such a line is longer than 8 MiB and nobody's log line
MARK, MARK_BITS, MARK_BYTES = np.uint64(0xBFBBEF), np.uint64(0xFFFFFF), 3  # UTF-8's byte order mark


@lean_kernel
def newlines(buffer, used, ends):
    """Write the places of the newlines before *used* to `ends` while there is room; count all."""
    lines, room = 0, len(ends)
    for p in range(0, used, LANES):
        hit = alike(buffer, p, 10)
        while hit != np.uint64(0):
            if lines < room:
                ends[lines] = p + lowest(hit)
            lines += 1
            hit &= hit - np.uint64(1)
    return lines


@kernel
def split(buffer, words, ends):
    """Return where each line starts and stops, and its first byte that is no blank.

    `ends` (lines,) are the places of the newlines. A line starts behind a byte order mark, which
    files bring along when they are joined, and stops before a carriage return. A line of nothing
    but blanks opens with 0, and so does a LONG one, which is left as it is.
    """
    lines = len(ends)
    starts, stops = np.empty(lines, np.int64), np.empty(lines, np.int64)
    opens = np.zeros(lines, np.uint8)
    start = 0
    for row in range(lines):
        stop = ends[row]
        following = stop + 1
        if stop - start < LONG:
            if words[start] & MARK_BITS == MARK:
                start += MARK_BYTES
            stop -= stop > start and buffer[stop - 1] == 13
            p = start
            while p < stop and (buffer[p] == 32 or buffer[p] == 9):
                p += 1
            if p < stop:
                opens[row] = buffer[p]
        starts[row], stops[row], start = start, stop, following
    return starts, stops, opens
