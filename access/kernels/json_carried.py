"""Take a log line out of the JSON line that carries it as a text, and find its bytes there."""

from __future__ import annotations

from access.aliases import RANKS, Meaning
from access.event import Field
from access.kernels.compiled import kernel, lean_kernel
from access.kernels.json_text import ESCAPED
from access.kernels.json_unescape import copy, step, unescape

ROW, RAW, START, STOP = range(4)  # columns of what is noted of a carried line
COLUMNS = 4
OPEN = 126  # the problem of a line that says nothing itself, until what it carries was read

_CARRIED, _CLIENT = int(Meaning.CARRIED), int(Meaning.CLIENT)
_METHOD, _REQUEST = int(Meaning.METHOD), int(Meaning.REQUEST)
_NAMED, _ASKED = 2 * int(Field.CLIENT), 2 * int(Field.TARGET)


@lean_kernel
def is_request(seen, row, status):
    """Tell whether a line says of itself what a client asked for, readable or not.

    Then nothing that it carries counts: it may be what the client sent.
    """
    said = status > 0 or seen[_METHOD] != 0 or seen[_REQUEST] != 0
    return said and row[_NAMED] != row[_NAMED + 1]


@lean_kernel
def without(problem, seen, row):
    """Return the *problem* of a line if what it carries proves to be none.

    The machine that shipped it is no client, so `host` does not count for one here.
    """
    lacks = row[_ASKED] == row[_ASKED + 1] or row[_NAMED] == row[_NAMED + 1]
    return OPEN if lacks or seen[_CLIENT] == 0 else problem


@lean_kernel
def carry(buffer, values, seen, free):
    """Write the best ranked carried text to *free*, with a newline behind it.

    Return (its first byte in the JSON line, its start and stop, free); start and stop are equal
    where there is none. The blanks in front of it go, which rsyslog keeps, and newlines behind it.
    """
    left, slot = seen[_CARRIED], _CARRIED * RANKS
    while left:
        if left & 1 and values[slot, 2] <= ESCAPED:
            start, stop = values[slot, 0], values[slot, 1]
            while start < stop and buffer[start] == 32:
                start += 1
            if values[slot, 2] == ESCAPED:
                end = unescape(buffer, start, stop, free)
            else:
                end = copy(buffer, start, stop, free)
            while end > free and (buffer[end - 1] == 10 or buffer[end - 1] == 13):
                end -= 1
            if end - free > 1:
                buffer[end] = 10
                return start, free, end, end + 1
        left, slot = left >> 1, slot + 1
    return free, free, free, free


@kernel
def places(buffer, carried, stops, wheres):
    """Overwrite `wheres`, offsets in *carried* lines, with the places of those bytes in the buffer.

    `carried` (lines, COLUMNS) is what was noted, `stops` where each line stops that carries one.
    """
    for i in range(len(carried)):
        p, left = carried[i, RAW], wheres[i]
        while left > 0:
            p, wrote = step(buffer, p, stops[i])
            left -= wrote
        wheres[i] = p
