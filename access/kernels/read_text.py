"""Read the parts of a text line one by one: separators, bare words, numbers."""

from __future__ import annotations

import numpy as np

from access.kernels.clf_time import BAD
from access.kernels.clf_time import WIDTH as TIME_WIDTH
from access.kernels.compiled import lean_kernel
from access.layouts import Shape
from access.plan import LEAD, MASK, SHAPE, WIDTH

LONGEST = 18  # digits that fit 63 bits


@lean_kernel
def behind_lead(words, p, pieces, i):
    """Step over the separator in front of piece *i*; -1 when it does not stand at *p*.

    Never runs past the line: a separator holds no newline, and one stands behind every line.
    """
    if (np.int64(words[p]) ^ pieces[i, LEAD]) & pieces[i, MASK]:
        return -1
    return p + pieces[i, WIDTH]


@lean_kernel
def number(buffer, p):
    """Read the digits at *p*; return value and end, -1 and the end of a `-`, or BAD for none."""
    start, value = p, 0
    if buffer[p] == 45:
        return -1, p + 1
    while 48 <= buffer[p] <= 57 and p - start < LONGEST:
        value = value * 10 + np.int64(buffer[p]) - 48
        p += 1
    return (value if p > start else BAD), p


@lean_kernel
def _stands(buffer, words, p, pieces, i, last):
    """Tell whether the time or count of piece *i*, and the separator behind it, stand at *p*.

    So nobody can write a time, or a port, into a name: what follows the true one is a quote or a
    space, and no name gets those past the server.
    """
    if i >= last:
        return True
    if pieces[i, SHAPE] == Shape.TIME:
        p += TIME_WIDTH
    elif pieces[i, SHAPE] == Shape.COUNT:
        start = p
        while 48 <= buffer[p] <= 57:
            p += 1
        if p == start:
            return False
    else:
        return True
    return i + 1 == last or behind_lead(words, p, pieces, i + 1) >= 0


@lean_kernel
def absent(buffer, start, stop):
    """Tell whether a text is `-`, or the two quotes of an empty name."""
    if stop - start == 2:
        return buffer[start] == 34 and buffer[start + 1] == 34
    return stop - start == 1 and buffer[start] == 45


@lean_kernel
def word_end(buffer, words, p, stop, pieces, i, last):
    """Find the separator of piece `i + 1` behind the bare text at *p*; -1 when there is none.

    Of several the first behind which the rest stands, or else the first of all. The last text of
    a chain ends at a space or with the line.
    """
    follow = pieces[i + 1, LEAD] & 0xFF
    first, patient = -1, pieces[i, SHAPE] == Shape.WORDS
    if patient and buffer[p] == 34 and buffer[p + 1] == 34:
        p += 2  # Apache writes an empty user name so
    while p < stop:
        c = buffer[p]
        if c == follow:
            q = behind_lead(words, p, pieces, i + 1)
            if q >= 0 and _stands(buffer, words, q, pieces, i + 1, last):
                return p
            if q >= 0 and first < 0:
                first = p
        if c == 34 or (c == 32 and not patient):
            break
        p += 2 if c == 92 else 1
    return stop if p >= stop and i + 1 == last else first
