"""Match one path segment, one host and one query against the literals of a pattern."""

from __future__ import annotations

import numpy as np

from access.kernels.captures import FRAME, RENDITION
from access.kernels.compiled import lean_kernel
from access.kernels.targets import AND, COLON, EQUALS, HASH


@lean_kernel
def _same(buffer, at, text, start, stop):
    for k in range(stop - start):
        if buffer[at + k] != text[start + k]:
            return False
    return True


@lean_kernel
def fits_host(buffer, start, stop, text, wanted, end):
    """Compare host names without their port, whatever their case; an unlogged host fits."""
    if start == stop or wanted == end:
        return True
    if stop - start > end - wanted and buffer[start + end - wanted] == COLON:
        stop = start + end - wanted
    if stop - start != end - wanted:
        return False
    for k in range(stop - start):
        byte = buffer[start + k]
        if 65 <= byte <= 90:
            byte |= np.uint8(32)
        if byte != text[wanted + k]:
            return False
    return True


@lean_kernel
def fits_segment(buffer, start, stop, code, c, text, caught):
    """Match one segment against `code[c:]`: its literals from the right, no capture empty."""
    n, literal = code[c], code[c + 2] - code[c + 1]
    if stop - start < literal or not _same(buffer, start, text, code[c + 1], code[c + 2]):
        return False
    left, right = start + literal, stop
    if n == 0:
        return left == right
    for k in range(n - 1, -1, -1):
        at, end = code[c + 4 + 3 * k], code[c + 5 + 3 * k]
        found = right - (end - at)
        while found > left and not _same(buffer, found, text, at, end):
            found = left if k == n - 1 else found - 1
        if found <= left:
            return False
        if k < n - 1:
            group = code[c + 6 + 3 * k]
            caught[2 * group], caught[2 * group + 1] = found + end - at, right + 1
        right = found - 1
    group = code[c + 3]
    caught[2 * group], caught[2 * group + 1] = left, right + 1
    return True


@lean_kernel
def _parameter(buffer, start, stop, text, name, end):
    """Find the value of the first parameter of a name in `?a=b&c=d`; empty without one."""
    p = start
    while p < stop and buffer[p] != HASH:
        p += 1
        begins = p
        while p < stop and buffer[p] != AND and buffer[p] != HASH:
            p += 1
        value = begins + end - name
        if value < p and buffer[value] == EQUALS and _same(buffer, begins, text, name, end):
            return value + 1, p
    return stop, stop


@lean_kernel
def fits_query(buffer, start, stop, c, code, text, caught):
    """Take groups from the query; only a rendition and a frame may be missing."""
    for k in range(code[c]):
        group = code[c + 1 + 3 * k]
        a, b = _parameter(buffer, start, stop, text, code[c + 2 + 3 * k], code[c + 3 + 3 * k])
        if a < b:
            caught[2 * group], caught[2 * group + 1] = a, b
        elif group not in (RENDITION, FRAME):
            return False
    return True
