"""Read one piece of a text line and write down what it says, see `kernels.sheet`."""

from __future__ import annotations

from access.event import FIRST_HEADER, Field
from access.kernels.authority import put_target
from access.kernels.compiled import lean_kernel
from access.kernels.faults import NO_END, NO_LEAD, NO_QUOTE
from access.kernels.fitness import last_hop, unfit
from access.kernels.protocol import protocol_behind, protocol_of
from access.kernels.quotes import quote_end
from access.kernels.read_number import read_number
from access.kernels.read_text import absent, behind_lead, cell_end, raw_end, word_end
from access.kernels.request_line import method_of, request_line
from access.kernels.sheet import CODED, HALF, METHOD, PROTOCOL, SENT, TOLD
from access.plan import LEAD, SAYS, SHAPE
from access.variables import Part, Shape

FORWARDED, CLIENT = 2 * int(Field.FORWARDED), 2 * int(Field.CLIENT)


@lean_kernel
def _tell(buffer, start, stop, says, sheet):
    """Note where a header stands, or that the line tells that none was sent."""
    header = says - FIRST_HEADER
    sheet[TOLD] |= 1 << header
    there = not absent(buffer, start, stop)
    sheet[SENT + 2 * header], sheet[SENT + 2 * header + 1] = start, stop if there else start


@lean_kernel
def _put(buffer, start, stop, says, sheet):
    """Write down what the text between *start* and *stop* says."""
    if says == Part.REQUEST:
        sheet[PROTOCOL] = protocol_behind(buffer, start, stop)
        sheet[METHOD], start, stop = request_line(buffer, start, stop)
        put_target(buffer, start, stop, sheet)
    elif says == Part.METHOD:
        sheet[METHOD] = method_of(buffer, start, stop)
    elif says == Part.PROTOCOL:
        sheet[PROTOCOL] = protocol_of(buffer, start, stop)
    elif says >= FIRST_HEADER:
        _tell(buffer, start, stop, says, sheet)
    elif says >= 0 and not absent(buffer, start, stop):
        if says == Field.TARGET:
            put_target(buffer, start, stop, sheet)
        else:
            sheet[2 * says], sheet[2 * says + 1] = start, stop


@lean_kernel
def _note(buffer, start, stop, shape, says, sheet):
    """Write down what else a text of *shape* says: how it is coded, or who came with the hops."""
    if shape == Shape.HOPS:
        sheet[FORWARDED], sheet[FORWARDED + 1] = start, stop
        sheet[CLIENT] = last_hop(buffer, start, stop)
    elif 0 <= says < FIRST_HEADER and shape in (Shape.PERCENT, Shape.HASHED):
        sheet[CODED] |= 1 << (says + (HALF if shape == Shape.HASHED else 0))


@lean_kernel
def _end(buffer, words, p, stop, pieces, i, last):
    """Find where the text of piece *i* at *p* ends; -1 when it does not."""
    shape = pieces[i, SHAPE]
    if shape == Shape.QUOTED or shape == Shape.LIST:  # noqa: PLR1714 - numba is faster so
        return quote_end(buffer, p, stop, pieces[i + 1, LEAD] & 0xFF)
    if shape < Shape.CELL:
        return word_end(buffer, words, p, stop, pieces, i, last)
    if shape < Shape.QUOTED:
        return cell_end(buffer, words, p, stop, pieces, i, last)
    return raw_end(buffer, words, p, stop, pieces, i, last)


@lean_kernel
def _text(buffer, words, p, stop, pieces, i, last, sheet):
    """Read the text of piece *i* at *p*; return what is wrong and where, or 0 and its end."""
    shape, says = pieces[i, SHAPE], pieces[i, SAYS]
    shut = shape >= Shape.QUOTED
    end = _end(buffer, words, p, stop, pieces, i, last)
    if end < 0:
        return (NO_QUOTE if shut else NO_END), p
    problem = unfit(buffer, p, end, shape, says)
    if problem:
        return problem, p
    _put(buffer, p, end, says, sheet)
    if shape >= Shape.CELL and shape != Shape.QUOTED:
        _note(buffer, p, end, shape, says, sheet)
    return 0, end + shut


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
    return read_number(buffer, words, q, shape, sheet)
