"""Find where a quoted field ends, 32 bytes a step, whatever escapes the server writes."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.lanes import LANES, alike, lowest

NONE = np.uint64(0)


@lean_kernel
def next_mark(buffer, p, stop):
    """Find the first quote or backslash at or after *p*; some place from *stop* on without one."""
    while p < stop:
        hit = alike(buffer, p, 34) | alike(buffer, p, 92)
        if hit != NONE:
            return p + lowest(hit)
        p += LANES
    return p


@lean_kernel
def quote_end(buffer, p, stop, follow):
    r"""Find the quote that closes the text at *p*; -1 when none does before *stop*.

    A backslash hides the byte behind it (`\"`, `\\`, and harmlessly `\x22`). A bare quote
    closes only where a space, *follow* or the line's end comes next: some logs hold raw quotes.
    """
    p = next_mark(buffer, p, stop)
    while p < stop:
        if buffer[p] == 92:
            p += 1
        elif p + 1 == stop or buffer[p + 1] == 32 or buffer[p + 1] == follow:
            return p
        p = next_mark(buffer, p + 1, stop)
    return -1


@lean_kernel
def appended(buffer, p, stop):
    """Tell whether *p* to *stop* is something appended: behind a space, every quote closed."""
    if p < stop and buffer[p] != 32:
        return False
    p = next_mark(buffer, p, stop)
    while p < stop:
        if buffer[p] == 92:
            p += 1
        else:
            p = quote_end(buffer, p + 1, stop, 32)
            if p < 0:
                return False
        p = next_mark(buffer, p + 1, stop)
    return True
