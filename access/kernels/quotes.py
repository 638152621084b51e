"""Find where a quoted field ends, eight bytes a step, whatever escapes the server writes."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel

ONES = np.uint64(0x0101010101010101)
HIGHS = np.uint64(0x8080808080808080)
QUOTES = np.uint64(0x2222222222222222)
SLASHES = np.uint64(0x5C5C5C5C5C5C5C5C)
NONE = np.uint64(0)


@lean_kernel
def next_mark(words, p, stop):
    """Find the first quote or backslash at or after *p*; some place at or after *stop* without one.

    The lowest high bit of `(x - 1) & ~x` is exact (Mycroft's zero byte test); the bytes below it
    are counted with one multiplication.
    """
    while p < stop:
        quote, slash = words[p] ^ QUOTES, words[p] ^ SLASHES
        hit = (((quote - ONES) & ~quote) | ((slash - ONES) & ~slash)) & HIGHS
        if hit != NONE:
            below = (hit - np.uint64(1)) & ~hit & ONES
            return p + np.int64((below * ONES) >> np.uint64(56)) - 1
        p += 8
    return p


@lean_kernel
def quote_end(buffer, words, p, stop, follow):
    r"""Find the quote that closes the text at *p*; -1 when none does before *stop*.

    A backslash hides the byte behind it (`\"`, `\\`, and harmlessly `\x22`). A bare quote
    closes only where a space, *follow* or the line's end comes next: some logs hold raw quotes.
    """
    p = next_mark(words, p, stop)
    while p < stop:
        if buffer[p] == 92:
            p += 1
        elif p + 1 == stop or buffer[p + 1] == 32 or buffer[p + 1] == follow:
            return p
        p = next_mark(words, p + 1, stop)
    return -1


@lean_kernel
def appended(buffer, words, p, stop):
    """Tell whether *p* to *stop* is something appended: behind a space, every quote closed."""
    if p < stop and buffer[p] != 32:
        return False
    p = next_mark(words, p, stop)
    while p < stop:
        if buffer[p] == 92:
            p += 1
        else:
            p = quote_end(buffer, words, p + 1, stop, 32)
            if p < 0:
                return False
        p = next_mark(words, p + 1, stop)
    return True
