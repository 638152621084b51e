"""Find where the bare words and numbers of a text line end."""

from __future__ import annotations

import numpy as np

from access.kernels.clf_time import MS_WIDTH
from access.kernels.clf_time import WIDTH as CLF_WIDTH
from access.kernels.compiled import lean_kernel
from access.kernels.iso_time import UTC_WIDTH
from access.kernels.lanes import LANES, alike, lowest
from access.plan import LEAD, MASK, SHAPE, WIDTH
from access.variables import Shape


@lean_kernel
def behind_lead(words, p, pieces, i):
    """Step over the separator in front of piece *i*; -1 when it does not stand at *p*.

    Never runs past the line: a separator holds no newline, and one stands behind every line.
    """
    if (np.int64(words[p]) ^ pieces[i, LEAD]) & pieces[i, MASK]:
        return -1
    return p + pieces[i, WIDTH]


@lean_kernel
def number_end(buffer, p, shape):
    """Find the end of what begins at *p* like a time or number of *shape*; *p* where none does."""
    if shape == Shape.CLF_TIME:
        return p + CLF_WIDTH
    if shape in (Shape.UTC_TIME, Shape.MS_TIME):
        return p + (UTC_WIDTH if shape == Shape.UTC_TIME else MS_WIDTH)
    if buffer[p] == 45:
        return p + (shape in (Shape.STATUS, Shape.SIZE))
    while True:
        c = buffer[p]
        pointed = shape == Shape.EPOCH and c == 46
        dated = shape == Shape.ISO_TIME and (c in (58, 84, 90) or 43 <= c <= 46)
        if not (48 <= c <= 57 or pointed or dated):
            return p
        p += 1


@lean_kernel
def _stands(buffer, words, p, pieces, i, last):
    """Tell whether the time or number of piece *i*, and the separator behind it, stand at *p*.

    So nobody can write a time, or a port, into a name: what follows the true one is a quote or a
    space, and no name gets those past the server.
    """
    shape = pieces[i, SHAPE]
    if i >= last or not Shape.NOTHING < shape < Shape.WORD:
        return True
    end = number_end(buffer, p, shape)
    return end > p and (i + 1 == last or behind_lead(words, end, pieces, i + 1) >= 0)


@lean_kernel
def absent(buffer, start, stop):
    """Tell whether a text is `-`, or the two quotes of an empty name."""
    if stop - start == 2:
        return buffer[start] == 34 and buffer[start + 1] == 34
    return stop - start == 1 and buffer[start] == 45


@lean_kernel
def _next(buffer, p, stop, follow):
    """Find the next byte that may end a bare text, or hides one that would; *stop* without one."""
    while p < stop:
        hit = alike(buffer, p, follow) | alike(buffer, p, 32)
        hit |= alike(buffer, p, 34) | alike(buffer, p, 92)
        if hit != np.uint64(0):
            return min(p + lowest(hit), stop)
        p += LANES
    return stop


@lean_kernel
def word_end(buffer, words, p, stop, pieces, i, last):
    """Find the separator of piece `i + 1` behind the bare text at *p*; -1 when there is none.

    Of several the first behind which the rest stands, or else the first of all. The last text of
    a chain ends at a space or with the line; one that may hold spaces ends with the line.
    """
    follow = pieces[i + 1, LEAD] & 0xFF
    first, patient = -1, pieces[i, SHAPE] == Shape.WORDS
    if patient and i + 1 == last:
        return stop
    if patient and buffer[p] == 34 and buffer[p + 1] == 34:
        p += 2  # Apache writes an empty user name so
    p = _next(buffer, p, stop, follow)
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
        p = _next(buffer, p + (2 if c == 92 else 1), stop, follow)
    return stop if p >= stop and i + 1 == last else first


@lean_kernel
def cell_end(buffer, words, p, stop, pieces, i, last):
    """Find the separator of piece `i + 1` behind the cell at *p*; -1 when there is none.

    The first byte that may begin it has to; a hashed text, which holds neither, ends before a
    quote or a closing brace.
    """
    follow, hashed = pieces[i + 1, LEAD] & 0xFF, pieces[i, SHAPE] == Shape.HASHED
    while p < stop:
        hit = alike(buffer, p, follow)
        if hashed:
            hit |= alike(buffer, p, 34) | alike(buffer, p, 125)
        if hit != np.uint64(0):
            p = min(p + lowest(hit), stop)
            if p < stop:
                return p if behind_lead(words, p, pieces, i + 1) >= 0 else -1
        p += LANES
    return stop if i + 1 == last else -1


@lean_kernel
def raw_end(buffer, words, p, stop, pieces, i, last):
    """Find the quote that closes the raw text at *p*; -1 when none does.

    It is the first behind which the whole separator of piece `i + 1` stands. For the last of a
    chain that is a space, or the line's end, so that it takes in nothing that a visitor added.
    """
    while p < stop:
        hit = alike(buffer, p, 34)
        if hit == np.uint64(0):
            p += LANES
            continue
        p += lowest(hit)
        if p >= stop:
            return -1
        if behind_lead(words, p + 1, pieces, i + 1) >= 0 or (p + 1 == stop and i + 1 == last):
            return p
        p += 1
    return -1
