"""Cut bytes into lines, and see which byte each line opens with."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel, lean_kernel

ONES = np.uint64(0x0101010101010101)
LOWS = np.uint64(0x7F7F7F7F7F7F7F7F)
NEWLINES = np.uint64(0x0A0A0A0A0A0A0A0A)
ONE = np.uint64(1)
NONE = np.uint64(0)


@lean_kernel
def newlines(words, used, ends):
    """Write the places of the newlines before *used* to `ends` while there is room; count all.

    Eight bytes a step; the high bits left in `hit` mark exactly the bytes that are newlines
    (H. S. Warren, Hacker's Delight, section 6-1).
    """
    lines, room = 0, len(ends)
    for p in range(0, used, 8):
        other = words[p] ^ NEWLINES
        hit = ~(((other & LOWS) + LOWS) | other | LOWS)
        while hit != NONE:
            if lines < room:
                below = (hit - ONE) & ~hit & ONES
                ends[lines] = p + np.int64((below * ONES) >> np.uint64(56)) - 1
            lines += 1
            hit &= hit - ONE
    return lines


@kernel
def split(buffer, ends):
    """Return where each line starts and stops (without CR), and its first byte that is no blank.

    `ends` (lines,) are the places of the newlines. A line of nothing but blanks opens with 0.
    """
    lines = len(ends)
    starts, stops = np.empty(lines, np.int64), np.empty(lines, np.int64)
    opens = np.zeros(lines, np.uint8)
    start = 0
    for row in range(lines):
        stop = ends[row]
        starts[row] = start
        stops[row] = stop - 1 if stop > start and buffer[stop - 1] == 13 else stop
        p = start
        while p < stops[row] and (buffer[p] == 32 or buffer[p] == 9):
            p += 1
        if p < stops[row]:
            opens[row] = buffer[p]
        start = stop + 1
    return starts, stops, opens
