"""Read a time or a number of a text line onto its sheet, see `kernels.sheet`."""

from __future__ import annotations

import numpy as np

from access.kernels.clf_time import BAD, WIDTH, clf, clf_ms, digits
from access.kernels.compiled import lean_kernel
from access.kernels.decimal import epoch
from access.kernels.faults import NO_CLF, NO_NUMBER, NO_STATUS
from access.kernels.iso_time import NO_ZONE, iso, utc
from access.kernels.read_text import number_end
from access.kernels.sheet import AT, MEMORY, SIZE, STATUS
from access.variables import Shape

LONGEST, MOST = 18, 10**18  # digits that fit 63 bits, and what they may come to


@lean_kernel
def _clf(buffer, words, p, sheet):
    """Read a CLF time; most lines share the second of the line before, and so its answer."""
    a, b, m = np.int64(words[p]), np.int64(words[p + 8]), MEMORY
    c, d = np.int64(words[p + 16]), np.int64(words[p + WIDTH - 8])
    if sheet[m] == a and sheet[m + 1] == b and sheet[m + 2] == c and sheet[m + 3] == d:
        return sheet[m + 4]
    sheet[m], sheet[m + 1], sheet[m + 2], sheet[m + 3] = a, b, c, d
    sheet[m + 4] = clf(buffer, p)
    return sheet[m + 4]


@lean_kernel
def _time(buffer, words, p, end, shape, sheet):
    """Read a time of *shape* from *p* to *end*; BAD or NO_ZONE where it is none."""
    if shape == Shape.CLF_TIME:
        return _clf(buffer, words, p, sheet)
    if shape == Shape.ISO_TIME:
        return iso(buffer, p, end)
    if shape == Shape.EPOCH:
        return epoch(buffer, p, end)
    return utc(buffer, p) if shape == Shape.UTC_TIME else clf_ms(buffer, p)


@lean_kernel
def _status(buffer, p, sheet):
    """Read a status at *p*; `-`, `-1` and `0` say that there was no answer."""
    status = digits(buffer, p, 3, 0, 999)
    sheet[STATUS] = max(status, 0)
    if status >= 0:
        return 0, p + 3
    if buffer[p] == 45:
        return 0, p + 1 + (buffer[p + 1] == 49)
    return (0, p + 1) if buffer[p] == 48 else (NO_STATUS, p)


@lean_kernel
def read_number(buffer, words, p, shape, sheet):
    """Read a time or number at *p*; return what is wrong and where, or 0 and its end."""
    if shape == Shape.STATUS:
        return _status(buffer, p, sheet)
    end = number_end(buffer, p, shape)
    if shape < Shape.STATUS:
        at = _time(buffer, words, p, end, shape, sheet)
        sheet[AT] = at
        return (0, end) if at > NO_ZONE else (NO_CLF + shape - Shape.CLF_TIME, p)
    value = -1 if buffer[p] == 45 else digits(buffer, p, end - p, 0, MOST)
    if end == p or end - p > LONGEST or value == BAD:
        return NO_NUMBER, p
    if shape == Shape.SIZE:
        sheet[SIZE] = value
    return 0, end
