"""Read how many pixels a piece of an address says: `150x150`, `236x`, `w300`, `300px`."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.letters import is_letter

LEAST, MOST = 16, 10_000  # pixels; smaller numbers count things, larger ones are ids


@lean_kernel
def word_end(buffer, start, stop):
    """Step over at most 16 letters: where they end."""
    p = start
    while p < stop and p - start < 16 and is_letter(buffer[p]):
        p += 1
    return p


@lean_kernel
def number(buffer, start, stop, most):
    """Read up to *most* digits at *start*: their value (0 without any) and where they end."""
    value, p = 0, start
    while p < stop and p - start < most and 48 <= buffer[p] <= 57:
        value = value * 10 + np.int64(buffer[p]) - 48
        p += 1
    return value, p


@lean_kernel
def whole_number(buffer, start, stop):
    """Read a piece that is digits only, at most nine of them; -1 for anything else."""
    if stop - start > 9 or stop <= start:
        return -1
    value, p = number(buffer, start, stop, 9)
    return value if p == stop else -1


@lean_kernel
def _prefix(buffer, start, stop):
    """Step over `w`, `s`, `x`, `w_`, `h=`, `width=` …: where the number begins, -1 if none may."""
    p = word_end(buffer, start, stop)
    letters = p - start
    if letters == 0 or p == stop:
        return p
    first = buffer[start] | 32
    if buffer[p] in (95, 61, 45):  # _ = -
        known = letters == 1 and first in (119, 104, 115)  # w h s
        known |= letters in (5, 6) and first in (119, 104)  # width height
        return p + 1 if known else -1
    return p if letters == 1 else -1


@lean_kernel
def pixels_of(buffer, start, stop):
    """Read the longer side, in pixels, that a whole piece says; 0 when it says none."""
    first = buffer[start] | 32
    if is_letter(buffer[start]) and is_letter(buffer[start + 1]) and first not in (119, 104):
        return 0  # most words end here; `width` and `height` do not
    p = _prefix(buffer, start, stop)
    if p < 0:
        return 0
    bare = p == start
    wide, q = number(buffer, p, stop, 5)
    if q == p or not LEAST <= wide <= MOST:
        return 0
    if q < stop and (buffer[q] | 32) == 120:  # x
        high, end = number(buffer, q + 1, stop, 5)
        crossed = end == stop and (bare or end > q + 1) and high <= MOST
        return max(wide, high) if crossed else 0
    if bare:
        unit = buffer[q] | 32 if q < stop else 0
        said = (unit == 119 and q + 1 == stop) or (  # w
            unit == 112 and q + 2 == stop and (buffer[q + 1] | 32) == 120  # px
        )
        return wide if said else 0
    plain = p == start + 1 and first not in (119, 115, 120)  # w s x
    if plain or (q < stop and buffer[q] != 45):  # `s72-c`, `w200-h150-p`: cuts after a hyphen
        return 0
    return wide
