"""Read one piece of a text line and write down what it says.

A line's values are collected on a `sheet` (int64): the start and stop of each Field, as in
Batch.spans, then time, status, method and size.
"""

from __future__ import annotations

from access.event import FIELDS, Field
from access.kernels.clf_time import BAD, WIDTH, clf, digits
from access.kernels.compiled import lean_kernel
from access.kernels.quotes import quote_end
from access.kernels.read_text import absent, behind_lead, number, word_end
from access.kernels.request_line import request_line
from access.layouts import Shape
from access.plan import FIELD, LEAD, SHAPE

AT, STATUS, METHOD, SIZE = range(2 * FIELDS, 2 * FIELDS + 4)  # places on a sheet
PLACES = 2 * FIELDS + 4
TARGET = 2 * int(Field.TARGET)
# What can be wrong with a line; access.text_lines has the words.
NO_LEAD, NO_TIME, NO_STATUS, NO_NUMBER, NO_END, NO_QUOTE = range(1, 7)
NO_CLIENT, NO_LIST, NO_TAIL, NO_LAYOUT, EMPTY = range(7, 12)


@lean_kernel
def _forwards(buffer, start, stop):
    """Tell whether a text is `-` or a list whose last part, a proxy's own word, is an address."""
    if absent(buffer, start, stop):
        return True
    dots, colons, p = 0, 0, stop - 1
    while p >= start and buffer[p] != 44 and buffer[p] != 32:
        c = buffer[p]
        hexadecimal = 48 <= c <= 57 or 65 <= c <= 70 or 97 <= c <= 102
        dots += c == 46
        colons += c == 58
        if not (hexadecimal or c in (46, 58, 91, 93)):
            return False
        p -= 1
    return dots == 3 or colons >= 2


@lean_kernel
def _unfit(buffer, start, stop, field):
    """Return what is wrong with the text of *field*, 0 for nothing."""
    if field == Field.CLIENT and (start == stop or absent(buffer, start, stop)):
        return NO_CLIENT
    if field == Field.FORWARDED and not _forwards(buffer, start, stop):
        return NO_LIST
    return 0


@lean_kernel
def _text(buffer, words, p, stop, pieces, i, last, sheet):
    """Read the text of piece *i* at *p*; return what is wrong and where, or 0 and its end."""
    shut, field = pieces[i, SHAPE] == Shape.QUOTED, pieces[i, FIELD]
    if shut:
        end = quote_end(buffer, words, p, stop, pieces[i + 1, LEAD] & 0xFF)
    else:
        end = word_end(buffer, words, p, stop, pieces, i, last)
    if end < 0:
        return (NO_QUOTE if shut else NO_END), p
    if field == Field.TARGET:
        sheet[METHOD], sheet[TARGET], sheet[TARGET + 1] = request_line(buffer, p, end)
    elif field >= 0:
        problem = _unfit(buffer, p, end, field)
        if problem:
            return problem, p
        if not absent(buffer, p, end):
            sheet[2 * field], sheet[2 * field + 1] = p, end
    return 0, end + shut


@lean_kernel
def _number(buffer, p, shape, sheet):
    """Read a time or number at *p*; return what is wrong and where, or 0 and its end."""
    if shape == Shape.TIME:
        sheet[AT] = clf(buffer, p)
        return (NO_TIME, p) if sheet[AT] == BAD else (0, p + WIDTH)
    if shape == Shape.STATUS:
        dash = buffer[p] == 45
        status = 0 if dash else digits(buffer, p, 3, 0, 999)
        sheet[STATUS] = max(status, 0)
        return (NO_STATUS, p) if status < 0 else (0, p + (1 if dash else 3))
    value, end = number(buffer, p)
    if value == BAD or (value < 0 and shape != Shape.SIZE):
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
    return _number(buffer, q, shape, sheet)
