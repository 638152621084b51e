"""Walk one JSON object by the strict grammar and note where the values of known keys stand."""

from __future__ import annotations

from access.aliases import FIRST_SLOT, MEANINGS, RANKS, Meaning
from access.kernels.compiled import lean_kernel
from access.kernels.json_keys import ROOT, UNKNOWN, follow
from access.kernels.json_text import BARE, ESCAPED, LIST, NOTHING, blanks, end_of_text
from access.kernels.json_unescape import unescape
from access.kernels.json_value import scalar

FINE = 0
NO_OBJECT, NO_KEY, NO_COLON, NO_COMMA = 101, 102, 103, 105
TOO_DEEP, BEHIND, CUT = 110, 111, 112
DEEPEST = 64  # objects and lists inside each other; logs have under ten
VERIFIED = int(Meaning.VERIFIED)
_IN_LIST = -1  # what stands for the node inside a list
_OBJECT, _LIST = 123, 91  # "{" and "["; each is closed by the byte two further on


@lean_kernel
def walk(buffer, words, table, stack, values, seen, p, stop, free):
    """Return (FINE, stop), or (a code, the offending byte), of the object in [p, stop).

    `seen[meaning]` gets a bit per name whose last value is not null, `seen[MEANINGS + meaning]` 1
    where a header is told, null or not, and `seen[0]` where any is; `values[slot]` gets (start,
    stop, kind) of the last value. `stack` (DEEPEST + 1, 3) and the bytes from *free* are scratch.
    """
    p = blanks(buffer, p, stop)
    if p >= stop or buffer[p] != _OBJECT:
        return NO_OBJECT, p
    depth, node, slot = 0, ROOT, -1
    while True:  # a value stands at p, below what `node` is, and goes to `slot`
        if p >= stop:
            return CUT, stop
        opened = buffer[p] == _OBJECT or buffer[p] == _LIST
        if opened:
            if depth == DEEPEST:
                return TOO_DEEP, p
            depth += 1
            stack[depth, 0] = node if buffer[p] == _OBJECT else _IN_LIST
            stack[depth, 1], stack[depth, 2] = slot, p
            _note(buffer, values, seen, slot, p, p, NOTHING)
            start, p = p, blanks(buffer, p + 1, stop)
            opened = buffer[p] != buffer[start] + 2  # else it is empty, and closes at once
        else:
            end, kind = scalar(buffer, words, p, stop)
            if kind >= 100:
                return kind, end
            _note(buffer, values, seen, slot, p, end, kind)
            p = end
        if not opened:
            problem, p, depth = _behind(buffer, stack, values, seen, p, stop, depth)
            if problem or depth == 0:
                return problem, p
        node, slot = UNKNOWN, -1
        if stack[depth, 0] != _IN_LIST:
            problem, p, node, slot = _key(buffer, words, table, stack[depth, 0], p, stop, free)
            if problem:
                return problem, p
        p = blanks(buffer, p, stop)


@lean_kernel
def _note(buffer, values, seen, slot, start, stop, kind):
    """Keep where a wanted value stands, a text without its quotes; the last of a name counts.

    Of a header it counts as well that the line tells of it; whether a signature was good is told by
    `true` and `false`, too.
    """
    if slot < 0:
        return
    bit = 1 << (slot % RANKS)
    if slot >= FIRST_SLOT:
        seen[MEANINGS + slot // RANKS] = seen[0] = 1  # no text is kept of the whole line
        if kind == NOTHING and slot // RANKS == VERIFIED and buffer[start] != 110:
            kind = BARE
    if kind == NOTHING:
        seen[slot // RANKS] &= ~bit
        return
    seen[slot // RANKS] |= bit
    quotes = kind <= ESCAPED
    values[slot, 0], values[slot, 1], values[slot, 2] = start + quotes, stop - quotes, kind


@lean_kernel
def _behind(buffer, stack, values, seen, p, stop, depth):
    """Go from behind a value to behind the next comma, closing what closes on the way.

    Return (problem, place, depth); at depth 0 the whole object has ended and nothing follows.
    """
    while depth > 0:
        p = blanks(buffer, p, stop)
        if p >= stop:
            return CUT, stop, depth
        c, in_list = buffer[p], stack[depth, 0] == _IN_LIST
        p += 1
        if c == 44:
            return FINE, blanks(buffer, p, stop), depth
        if c != (93 if in_list else 125):
            return NO_COMMA, p - 1, depth
        if in_list:
            _note(buffer, values, seen, stack[depth, 1], stack[depth, 2], p, LIST)
        depth -= 1
    p = blanks(buffer, p, stop)
    return FINE if p >= stop else BEHIND, p, 0


@lean_kernel
def _key(buffer, words, table, node, p, stop, free):
    """Read `"key":` at *p*; return (problem, place behind it, child node, slot)."""
    if p >= stop:
        return CUT, stop, UNKNOWN, -1
    if buffer[p] != 34:
        return NO_KEY, p, UNKNOWN, -1
    start = p + 1
    end, kind = end_of_text(buffer, start, stop)
    if kind >= 100:
        return kind, end, UNKNOWN, -1
    p = blanks(buffer, end + 1, stop)
    if p >= stop or buffer[p] != 58:
        return NO_COLON, p, UNKNOWN, -1
    if node == UNKNOWN:
        return FINE, p + 1, UNKNOWN, -1
    if kind == ESCAPED:
        start, end = free, unescape(buffer, start, end, free)
    child, slot = follow(words, table, node, start, end)
    return FINE, p + 1, child, slot
