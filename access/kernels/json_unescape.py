"""Copy text inside a buffer: as it is, or with its JSON escapes written out.

What is written is never longer than what is read, and may begin where the reading does.
"""

from __future__ import annotations

from access.kernels.compiled import lean_kernel
from access.kernels.json_text import hex4, meant


@lean_kernel
def copy(buffer, start, stop, free):
    """Copy [start, stop) to *free*, which is not inside it; return where the copy ends."""
    if start != free:
        for p in range(start, stop):
            buffer[free + p - start] = buffer[p]
    return free + stop - start


@lean_kernel
def unescape(buffer, start, stop, free):
    """Write the text [start, stop), whose escapes are valid, to *free*; return where it ends."""
    p = start
    while p < stop:
        if buffer[p] != 92:
            buffer[free] = buffer[p]
            p, free = p + 1, free + 1
        elif buffer[p + 1] != 117:
            buffer[free] = meant(buffer[p + 1])
            p, free = p + 2, free + 1
        else:
            code, p = _point(buffer, p, stop)
            free = _utf8(buffer, free, code)
    return free


@lean_kernel
def _point(buffer, p, stop):
    r"""Read the code point at \uXXXX, a pair of surrogates as one, a lone one as U+FFFD."""
    high = hex4(buffer, p + 2)
    if high < 0xD800 or high > 0xDFFF:
        return high, p + 6
    if high < 0xDC00 and p + 12 <= stop and buffer[p + 6] == 92 and buffer[p + 7] == 117:
        low = hex4(buffer, p + 8)
        if 0xDC00 <= low <= 0xDFFF:
            return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), p + 12
    return 0xFFFD, p + 6


@lean_kernel
def step(buffer, p, stop):
    """Step over the byte or escape at *p*; return (what is behind it, how many bytes it means)."""
    if buffer[p] != 92:
        return p + 1, 1
    if buffer[p + 1] != 117:
        return p + 2, 1
    code, p = _point(buffer, p, stop)
    return p, 1 + (code >= 0x80) + (code >= 0x800) + (code >= 0x10000)


@lean_kernel
def _utf8(buffer, free, code):
    if code < 0x80:
        buffer[free] = code
        return free + 1
    more = 1 if code < 0x800 else 2 if code < 0x10000 else 3  # bytes that follow the first
    buffer[free] = ((0x1F80 >> more) & 0xFF) | (code >> (6 * more))
    for i in range(more):
        buffer[free + 1 + i] = 0x80 | ((code >> (6 * (more - 1 - i))) & 0x3F)
    return free + 1 + more
