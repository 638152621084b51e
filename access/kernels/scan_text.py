"""Read text lines by the layouts of a Plan: where each field stands, when, status, size."""

from __future__ import annotations

from access.batch import PAD
from access.event import FIELDS, FIRST_HEADER, Field
from access.kernels.bearing import heard
from access.kernels.compiled import lean_kernel
from access.kernels.faults import COMMENT, EMPTY, NO_LAYOUT, NO_TAIL, SHIFTED, TOO_LONG
from access.kernels.json_unescape import copy
from access.kernels.quotes import appended
from access.kernels.read_piece import read_piece
from access.kernels.sheet import (
    AT,
    CODED,
    HALF,
    METHOD,
    PROTOCOL,
    QUERY,
    SENT,
    SIZE,
    STATUS,
    TOLD,
)
from access.kernels.spelling import decoded
from access.kernels.split import LONG
from access.plan import ENDS, SAYS
from access.variables import Part

TARGET, AGENT = 2 * int(Field.TARGET), 2 * int(Field.AGENT)
NO_ROOM = -1


@lean_kernel
def _chain(buffer, words, start, stop, pieces, first, last, sheet):
    """Read a line by one chain; return what is wrong and where, or 0 and its end."""
    sheet[: CODED + 1] = 0
    sheet[STATUS], sheet[METHOD], sheet[SIZE], sheet[PROTOCOL], sheet[TOLD] = 0, 0, -1, 0, 0
    i, fitted, p, q, fits, problem = first, first, start, start, -1, 0
    while i < last:
        problem, q = read_piece(buffer, words, p, stop, pieces, i, last, sheet)
        if problem:
            break
        p, i = q, i + 1
        ends = pieces[i - 1, ENDS]
        if ends:
            if p == stop:
                return 0, p
            if ends == 2:
                return SHIFTED, p
            fits, fitted = p, i
    for j in range(fitted, min(i + 1, last)):
        says = pieces[j, SAYS]
        if 0 <= says <= Part.QUERY:
            sheet[2 * says] = sheet[2 * says + 1] = 0
        elif says >= FIRST_HEADER:
            sheet[TOLD] &= ~(1 << (says - FIRST_HEADER))
    if fits >= 0 and appended(buffer, fits, stop):
        return 0, fits
    return (problem, q) if problem else (NO_TAIL, p)


@lean_kernel
def _line(buffer, words, start, stop, chains, pieces, sheet):
    """Read a line by the first chain that fits; else what the furthest met, and where."""
    worst, furthest = NO_LAYOUT, start - 1
    for chain in range(len(chains)):
        first, last = chains[chain, 0], chains[chain, 1]
        problem, p = _chain(buffer, words, start, stop, pieces, first, last, sheet)
        if problem == 0:
            return 0, start
        if p > furthest:
            worst, furthest = problem, p
    return worst, max(furthest, start)


@lean_kernel
def _in_parts(sheet):
    """Tell whether path and query of a line stand apart."""
    return sheet[QUERY] != sheet[QUERY + 1] and sheet[TARGET] != sheet[TARGET + 1]


@lean_kernel
def _join(buffer, sheet, free):
    """Write path and query of a line out to *free* as one target; return what is free then."""
    if not _in_parts(sheet):
        return free
    end = copy(buffer, sheet[TARGET], sheet[TARGET + 1], free)
    buffer[end] = 63
    end = copy(buffer, sheet[QUERY], sheet[QUERY + 1], end + 1)
    sheet[TARGET], sheet[TARGET + 1] = free, end
    return end


@lean_kernel
def _decode(buffer, sheet, free):
    """Write the coded texts of a line out to *free*; return what is free then."""
    for field in range(FIELDS):
        hashed = sheet[CODED] >> (field + HALF) & 1
        if hashed or sheet[CODED] >> field & 1:
            start, stop = sheet[2 * field], sheet[2 * field + 1]
            end = decoded(buffer, start, stop, free, 35 if hashed else 37)
            sheet[2 * field], sheet[2 * field + 1], free = free, end, end
    return free


@lean_kernel
def scan_text(buffer, words, starts, stops, opens, plan, sheet, found, free):
    """Read every line that does not open with `{`; `found` is what it says, by line (see Found).

    `starts`, `stops` and `opens` are those of `access.kernels.split`, `sheet` is int64 (PLACES,).
    Targets in two parts are joined, and coded texts decoded, from *free* on; returns the first byte
    still free, or NO_ROOM at the first line that lacks it. Tuples are taken apart here and
    no deeper, where handing one on costs more than reading a line.
    """
    chains, pieces = plan
    spans, at, status, method, size, protocol, said, handshake, problems, wheres = found
    for row in range(len(starts)):
        start, stop = starts[row], stops[row]
        problem, p = EMPTY, start
        if stop - start >= LONG:
            problem = TOO_LONG
        elif start < stop and opens[row] != 123:
            problem, p = _line(buffer, words, start, stop, chains, pieces, sheet)
            if problem:
                if buffer[start] == 35:
                    problem, p = COMMENT, start
            elif sheet[CODED] or _in_parts(sheet):
                if free + stop - start > len(buffer) - PAD:
                    return NO_ROOM
                free = _decode(buffer, sheet, _join(buffer, sheet, free))
            at[row], status[row] = sheet[AT], sheet[STATUS]
            method[row], size[row] = sheet[METHOD], sheet[SIZE]
            protocol[row], said[row], handshake[row] = sheet[PROTOCOL], 0, 0
            if sheet[TOLD]:
                agent, end = sheet[AGENT], sheet[AGENT + 1]
                sent = sheet, SENT, sheet[TOLD]
                said[row], handshake[row] = heard(buffer, words, *sent, agent, end)
            for j in range(2, 2 * FIELDS):
                spans[row, j] = sheet[j]
        problems[row], wheres[row] = problem, p - start
        spans[row, 0], spans[row, 1] = start, stop  # Field.LINE
    return free
