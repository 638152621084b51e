"""Read text lines by the layouts of a Plan: where each field stands, when, status, size."""

from __future__ import annotations

from access.event import FIELDS, Field
from access.kernels.compiled import lean_kernel
from access.kernels.faults import EMPTY, NO_LAYOUT, NO_TAIL, TOO_LONG
from access.kernels.json_unescape import copy
from access.kernels.quotes import appended
from access.kernels.read_piece import AT, METHOD, QUERY, SIZE, STATUS, read_piece
from access.kernels.split import LONG
from access.plan import ENDS, SAYS
from access.variables import Part

TARGET = 2 * int(Field.TARGET)


@lean_kernel
def _chain(buffer, words, start, stop, pieces, first, last, sheet):
    """Read a line by one chain; return what is wrong and where, or 0 and its end."""
    sheet[: QUERY + 2] = 0
    sheet[STATUS], sheet[METHOD], sheet[SIZE] = 0, 0, -1
    i, fitted, p, q, fits, problem = first, first, start, start, -1, 0
    while i < last:
        problem, q = read_piece(buffer, words, p, stop, pieces, i, last, sheet)
        if problem:
            break
        p, i = q, i + 1
        if pieces[i - 1, ENDS]:
            fits, fitted = p, i
            if p == stop:
                return 0, p
    for j in range(fitted, min(i + 1, last)):
        says = pieces[j, SAYS]
        if 0 <= says <= Part.QUERY:
            sheet[2 * says] = sheet[2 * says + 1] = 0
    if fits >= 0 and appended(buffer, fits, stop):
        return 0, fits
    return (problem, q) if problem else (NO_TAIL, p)


@lean_kernel
def _line(buffer, words, start, stop, chains, pieces, sheet):
    """Read a line by the first chain that fits; else return what the furthest met, and where."""
    worst, furthest = NO_LAYOUT, start
    for chain in range(len(chains)):
        first, last = chains[chain, 0], chains[chain, 1]
        problem, p = _chain(buffer, words, start, stop, pieces, first, last, sheet)
        if problem == 0:
            return 0, start
        if p >= furthest:
            worst, furthest = problem, p
    return worst, furthest


@lean_kernel
def _join(buffer, sheet, free):
    """Write path and query of a line out to *free* as one target; return what is free then."""
    if sheet[TARGET] == sheet[TARGET + 1] or sheet[QUERY] == sheet[QUERY + 1]:
        return free
    end = copy(buffer, sheet[TARGET], sheet[TARGET + 1], free)
    buffer[end] = 63
    end = copy(buffer, sheet[QUERY], sheet[QUERY + 1], end + 1)
    sheet[TARGET], sheet[TARGET + 1] = free, end
    return end


@lean_kernel
def scan_text(buffer, words, starts, stops, opens, plan, sheet, found, free):
    """Read every line that does not open with `{`; `found` is what it says, by line (see Found).

    `starts`, `stops` and `opens` are those of `access.kernels.split`, `sheet` is int64 (PLACES,).
    Targets in two parts are joined from *free* on; returns the first byte still free. Tuples are
    taken apart here and no deeper, where handing one on costs more than reading a line.
    """
    chains, pieces = plan
    spans, at, status, method, size, problems, wheres = found
    for row in range(len(starts)):
        start, stop = starts[row], stops[row]
        problem, p = EMPTY, start
        if stop - start >= LONG:
            problem = TOO_LONG
        elif start < stop and opens[row] != 123:
            problem, p = _line(buffer, words, start, stop, chains, pieces, sheet)
            free = _join(buffer, sheet, free)
            at[row], status[row] = sheet[AT], sheet[STATUS]
            method[row], size[row] = sheet[METHOD], sheet[SIZE]
            for j in range(2, 2 * FIELDS):
                spans[row, j] = sheet[j]
        problems[row], wheres[row] = problem, p - start
        spans[row, 0], spans[row, 1] = start, stop  # Field.LINE
    return free
