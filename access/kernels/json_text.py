"""Find the end of a JSON text, and write its escapes out as the bytes they stand for."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.lanes import LANES, alike, below, lowest
from access.kernels.letters import hex_digit

# What a value is; from 100 on, what is wrong with it (`access.json_lines.PROBLEMS`).
NOTHING = 0  # null, true, false: no text of its own
PLAIN = 1  # a text without escapes
ESCAPED = 2  # a text with escapes
BARE = 3  # a number
LIST = 4
NO_TEXT_END, CONTROL, BAD_ESCAPE = 106, 107, 108


@lean_kernel
def blanks(buffer, p, stop):
    """Step over blanks, not beyond *stop*."""
    while p < stop and (buffer[p] == 32 or buffer[p] == 9 or buffer[p] == 13 or buffer[p] == 10):
        p += 1
    return p


@lean_kernel
def _next_special(buffer, p, stop):
    """Find the next quote, backslash or control byte; some place from *stop* on without one."""
    while p < stop:
        hit = alike(buffer, p, 34) | alike(buffer, p, 92) | below(buffer, p, 32)
        if hit != np.uint64(0):
            return p + lowest(hit)
        p += LANES
    return p


@lean_kernel
def end_of_text(buffer, p, stop):
    """Return (closing quote, PLAIN or ESCAPED) of the text whose first byte is *p*.

    Where it is malformed: (the offending byte, a code from 100 on).
    """
    mark = PLAIN
    while True:
        p = _next_special(buffer, p, stop)
        if p >= stop:
            return stop, NO_TEXT_END
        if buffer[p] == 34:
            return p, mark
        if buffer[p] != 92:
            return p, CONTROL
        width = _escape(buffer, p)
        if width == 0:
            return p, BAD_ESCAPE
        p, mark = p + width, ESCAPED


@lean_kernel
def _escape(buffer, p):
    """Count the bytes of the escape at *p*; 0 = there is no such escape."""
    c = buffer[p + 1]
    if c == 117:
        return 0 if hex4(buffer, p + 2) < 0 else 6
    return 0 if meant(c) == 0 else 2


@lean_kernel
def meant(c):
    """Return the byte that a backslash and *c* stand for, 0 if nothing."""
    if c in (34, 92, 47):
        return np.int64(c)
    if c == 110:
        return 10
    if c == 116:
        return 9
    if c == 114:
        return 13
    if c == 98:
        return 8
    return 12 if c == 102 else 0


@lean_kernel
def hex4(buffer, p):
    """Read four hexadecimal digits, -1 if they are none."""
    value = 0
    for i in range(p, p + 4):
        digit = hex_digit(buffer[i])
        if digit < 0:
            return -1
        value = 16 * value + digit
    return value
