"""Read one JSON number, text or word: where it ends and what it is."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.json_text import BARE, NOTHING, end_of_text

NO_VALUE, BAD_NUMBER = 104, 109

_FOUR = np.uint64(0xFFFFFFFF)
_TRUE = np.uint64(0x65757274)  # "true", first byte lowest
_NULL = np.uint64(0x6C6C756E)
_ALSE = np.uint64(0x65736C61)


@lean_kernel
def scalar(buffer, words, p, stop):
    """Return (end, kind) of the number, text or word at *p* < *stop*, which may run over *stop*.

    Where it is malformed: (the offending byte, a code from 100 on).
    """
    c = buffer[p]
    if c == 34:
        end, kind = end_of_text(buffer, p + 1, stop)
        return end + (kind < 100), kind
    if c == 45 or 48 <= c <= 57:
        return _number(buffer, p)
    word = words[p] & _FOUR
    if word in (_TRUE, _NULL):
        return p + 4, NOTHING
    if c == 102 and words[p + 1] & _FOUR == _ALSE:
        return p + 5, NOTHING
    return p, NO_VALUE


@lean_kernel
def _digits(buffer, p):
    while 48 <= buffer[p] <= 57:
        p += 1
    return p


@lean_kernel
def _number(buffer, p):
    """Follow the number at *p* by the grammar of RFC 8259, section 6."""
    p += buffer[p] == 45
    end = p + 1 if buffer[p] == 48 else _digits(buffer, p)
    if end == p:
        return p, BAD_NUMBER
    if buffer[end] == 46:
        p = end + 1
        end = _digits(buffer, p)
        if end == p:
            return p, BAD_NUMBER
    if buffer[end] | 32 == 101:
        p = end + 1
        p += buffer[p] == 43 or buffer[p] == 45
        end = _digits(buffer, p)
        if end == p:
            return p, BAD_NUMBER
    return end, BARE
