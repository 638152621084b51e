"""Bring a request target to one spelling, so that no spelling hides a picture from its pattern."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel, lean_kernel
from access.kernels.letters import hex_digit

LIMIT = 32  # segments a pattern may have
ROOM = 16384  # bytes of a target that are respelled; servers refuse longer request lines

SLASH, DOT, PERCENT, MARK = (np.uint8(ord(c)) for c in "/.%?")
HASH, COLON, AND, EQUALS = (np.uint8(ord(c)) for c in "#:&=")


@lean_kernel
def path_start(buffer, start, stop):
    """Find the slash the path begins with, also behind `http://host`; -1 without one."""
    if start < stop and buffer[start] == SLASH:
        return start
    p = start
    while p < stop and buffer[p] != COLON and p - start < 8:
        p += 1
    if p + 2 >= stop or buffer[p] != COLON or buffer[p + 1] != SLASH or buffer[p + 2] != SLASH:
        return -1
    p += 3
    while p < stop and buffer[p] != SLASH:
        if buffer[p] == MARK or buffer[p] == HASH:
            return -1
        p += 1
    return p if p < stop else -1


@lean_kernel
def cut_path(buffer, start, stop, slashes):
    """Write where each slash of a path stands, and its end behind the last of them.

    Return the end of the path, the number of segments and whether it should be respelled.
    `slashes` holds LIMIT + 2 numbers; a path of more segments leaves the later ones out.
    """
    n, odd, p = 0, False, start
    while p < stop:
        byte = buffer[p]
        if byte > MARK:  # most letters
            pass
        elif byte == SLASH:
            odd |= p > start and buffer[p - 1] == SLASH
            if n <= LIMIT:
                slashes[n] = p
            n += 1
        elif byte in (MARK, HASH):
            break
        else:
            odd |= byte == PERCENT or (byte == DOT and buffer[p - 1] == SLASH)
        p += 1
    if n <= LIMIT + 1:
        slashes[n] = p
    return p, n, odd


@lean_kernel
def _decoded(buffer, p, stop):
    """Read the byte that `%XX` stands for; -1 where it stands for itself.

    The bytes that give an address its structure (`/ ? # & = %`) stay encoded: decoding them
    would make one address into another.
    """
    if buffer[p] != PERCENT or p + 2 >= stop:
        return -1
    high, low = hex_digit(buffer[p + 1]), hex_digit(buffer[p + 2])
    value = high * 16 + low
    if high < 0 or low < 0:
        return -1
    return -1 if value in (SLASH, MARK, HASH, AND, EQUALS, PERCENT) else value


@lean_kernel
def _without_dots(out, n):
    """Drop a last segment `.`, or `..` and the segment before it; return the new length."""
    if n >= 2 and out[n - 1] == DOT and out[n - 2] == SLASH:
        return n - 1
    if n >= 3 and out[n - 1] == DOT and out[n - 2] == DOT and out[n - 3] == SLASH:
        n -= 3
        while n > 0 and out[n - 1] != SLASH:
            n -= 1
        return max(n, 1)
    return n


@lean_kernel
def respell(buffer, start, stop, out):
    """Write a target with `%XX`, `//`, `/./` and `/../` undone as servers do; return its length.

    `out` holds at least `stop - start` bytes.
    """
    n, p, path = 0, start, True
    while p < stop:
        value = _decoded(buffer, p, stop)
        byte = buffer[p] if value < 0 else np.uint8(value)
        p += 1 if value < 0 else 3
        if path and byte in (SLASH, MARK, HASH):
            n = _without_dots(out, n)
            path = byte == SLASH
            if path and n > 0 and out[n - 1] == SLASH:
                continue
        out[n] = byte
        n += 1
    return _without_dots(out, n) if path else n


@kernel
def gather_targets(buffer, spans, column, rows, out, offsets):
    """Write the respelled targets of *rows* one behind the other; row k ends at offsets[k + 1].

    `spans[row, column]` and the next column are a target's start and end; what has no path is
    empty.
    """
    n = 0
    offsets[0] = 0
    for k in range(len(rows)):
        stop = spans[rows[k], column + 1]
        start = path_start(buffer, spans[rows[k], column], stop)
        if start >= 0:
            n += respell(buffer, start, stop, out[n:])
        offsets[k + 1] = n
