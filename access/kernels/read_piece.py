"""Read one piece of a text line and write down what it says.

A line's values are collected on a `sheet` (int64): the start and stop of each Field, as in
Batch.spans, and of the query, then time, status, method, size; last a time that was read before.
"""

from __future__ import annotations

import numpy as np

from access.event import Field
from access.kernels.authority import put_target
from access.kernels.clf_time import BAD, WIDTH, clf, digits
from access.kernels.compiled import lean_kernel
from access.kernels.decimal import epoch
from access.kernels.faults import NO_CLF, NO_END, NO_LEAD, NO_NUMBER, NO_QUOTE, NO_STATUS
from access.kernels.fitness import unfit
from access.kernels.iso_time import NO_ZONE, iso
from access.kernels.quotes import quote_end
from access.kernels.read_text import absent, behind_lead, number_end, word_end
from access.kernels.request_line import method_of, request_line
from access.plan import LEAD, SAYS, SHAPE
from access.variables import Part, Shape

QUERY = 2 * int(Part.QUERY)  # places on a sheet; those of the fields come before
AT, STATUS, METHOD, SIZE, MEMORY = range(QUERY + 2, QUERY + 7)
PLACES = MEMORY + 5
LONGEST, MOST = 18, 10**18  # digits that fit 63 bits, and what they may come to


@lean_kernel
def _put(buffer, start, stop, says, sheet):
    """Write down what the text between *start* and *stop* says."""
    if says == Part.REQUEST:
        sheet[METHOD], start, stop = request_line(buffer, start, stop)
        put_target(buffer, start, stop, sheet)
    elif says == Part.METHOD:
        sheet[METHOD] = method_of(buffer, start, stop)
    elif says >= 0 and not absent(buffer, start, stop):
        if says == Field.TARGET:
            put_target(buffer, start, stop, sheet)
        else:
            sheet[2 * says], sheet[2 * says + 1] = start, stop


@lean_kernel
def _text(buffer, words, p, stop, pieces, i, last, sheet):
    """Read the text of piece *i* at *p*; return what is wrong and where, or 0 and its end."""
    shape, says = pieces[i, SHAPE], pieces[i, SAYS]
    shut = shape >= Shape.QUOTED
    if shut:
        end = quote_end(buffer, p, stop, pieces[i + 1, LEAD] & 0xFF)
    else:
        end = word_end(buffer, words, p, stop, pieces, i, last)
    if end < 0:
        return (NO_QUOTE if shut else NO_END), p
    problem = unfit(buffer, p, end, shape, says)
    if problem:
        return problem, p
    _put(buffer, p, end, says, sheet)
    return 0, end + shut


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
def _number(buffer, words, p, shape, sheet):
    """Read a time or number at *p*; return what is wrong and where, or 0 and its end."""
    if shape == Shape.STATUS:
        dash = buffer[p] == 45
        status = 0 if dash else digits(buffer, p, 3, 0, 999)
        sheet[STATUS] = max(status, 0)
        return (NO_STATUS, p) if status < 0 else (0, p + (1 if dash else 3))
    end = number_end(buffer, p, shape)
    if shape < Shape.STATUS:
        if shape == Shape.CLF_TIME:
            at = _clf(buffer, words, p, sheet)
        else:
            at = iso(buffer, p, end) if shape == Shape.ISO_TIME else epoch(buffer, p, end)
        sheet[AT] = at
        return (0, end) if at > NO_ZONE else (NO_CLF + shape - Shape.CLF_TIME, p)
    value = -1 if buffer[p] == 45 else digits(buffer, p, end - p, 0, MOST)
    if end == p or end - p > LONGEST or value == BAD:
        return NO_NUMBER, p
    if shape == Shape.SIZE:
        sheet[SIZE] = value
    return 0, end


@lean_kernel
def read_piece(buffer, words, p, stop, pieces, i, last, sheet):
    """Read piece *i* and its separator; return what is wrong and where, or 0 and its end."""
    q = behind_lead(words, p, pieces, i)
    shape = pieces[i, SHAPE]
    if q < 0:
        return NO_LEAD, p
    if shape == Shape.NOTHING:
        return 0, q
    if shape >= Shape.WORD:
        return _text(buffer, words, q, stop, pieces, i, last, sheet)
    return _number(buffer, words, q, shape, sheet)
