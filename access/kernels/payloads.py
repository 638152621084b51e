"""Look at Kafka values by their bytes: tell what each is, part arrays, lay lines end to end."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel
from access.kernels.lanes import LANES, alike

LINES, ARRAY, OBJECT, OTLP_JSON, OTLP_WIRE, GZIP = range(6)
SIGHT = 64  # bytes in which the first key of an OTLP object stands
KEY = np.frombuffer(b'"resourceLogs"', np.uint8)
BROKEN = -1


@kernel
def shapes(joined, stops):
    """Return what each value looks like: LINES, or a shape that has yet to prove itself.

    Value i is `joined[stops[i - 1]:stops[i]]`; looks at the first bytes of each only.
    """
    found, start = np.zeros(len(stops), np.uint8), 0
    for i in range(len(stops)):
        found[i] = shape(joined, start, stops[i])
        start = stops[i]
    return found


@kernel
def shape(joined, start, stop):
    """Tell what the value in [start, stop) looks like."""
    if stop - start < 2:
        return LINES
    if joined[start] == 10 and wire(joined, start, stop):
        return OTLP_WIRE
    if joined[start] == 0x1F and joined[start + 1] == 0x8B:
        return GZIP
    p, _ = visible(joined, start, stop)
    if p == stop or (joined[p] != 91 and joined[p] != 123):
        return LINES
    q, broken = visible(joined, p + 1, stop)
    if q == stop:
        return LINES
    if joined[p] == 91:
        return ARRAY if joined[q] == 123 else LINES
    for k in range(q, min(start + SIGHT, stop - len(KEY) + 1)):
        if joined[k] == 34 and joined[k + 1] == 114 and (joined[k : k + len(KEY)] == KEY).all():
            return OTLP_JSON
    return OBJECT if broken else LINES


@kernel
def visible(joined, p, stop):
    """Return the place of the next byte that is no blank, and whether a newline came before it."""
    broken = False
    while p < stop and (joined[p] == 32 or 9 <= joined[p] <= 13):
        broken |= joined[p] == 10
        p += 1
    return p, broken


@kernel
def wire(joined, start, stop):
    """Tell whether behind the tag (0x0A) in `joined[start]` stands a length that leads to more.

    A text that begins with a newline passes as well, rarely; whoever decodes it finds out.
    """
    length, p = 0, start + 1
    for shift in range(0, 35, 7):
        if p == stop:
            return False
        length |= (np.int64(joined[p]) & 0x7F) << shift
        p += 1
        if joined[p - 1] < 0x80:
            break
    end = p + length
    return end == stop or (end < stop and joined[end] == 10)


@kernel
def part(array, out):
    """Write the elements of a JSON *array* to `out`, a line each, without the last newline.

    `out` is as long as *array*. Returns how many bytes were written, or BROKEN where brackets or
    quotes do not close or a text holds a newline. What an element is, is not looked at: newlines
    between its parts become spaces, and all else stays as it came.
    """
    p, _ = visible(array, 0, len(array))
    used, depth, quoted = 0, 1, False
    p += 1
    while p < len(array):
        byte = array[p]
        if byte == 34:
            quoted = not quoted
        elif byte == 92 and quoted and p + 1 < len(array) and array[p + 1] != 10:
            out[used] = byte
            used, p = used + 1, p + 1
            byte = array[p]
        elif byte == 10:
            if quoted:
                return BROKEN
            byte = 32
        elif not quoted:
            depth += (byte | 32 == 123) - (byte | 32 == 125)  # 32 makes a brace of a bracket
            if depth == 0:
                end, _ = visible(array, p + 1, len(array))
                return used if byte == 93 and end == len(array) else BROKEN
            byte = 10 if byte == 44 and depth == 1 else byte
        out[used] = byte
        used, p = used + 1, p + 1
    return BROKEN


@kernel
def lay(joined, stops, out, ends):
    """Copy values to `out`, each ended by a newline, and count lines; return the bytes written.

    `ends[i]` becomes the number of lines up to and including value i; an empty value has none.
    `out` has room for a byte more per value, and LANES behind that.
    """
    start = used = lines = 0
    for i in range(len(stops)):
        stop = stops[i]
        if stop > start:
            begin = used
            used += stop - start
            out[begin:used] = joined[start:stop]
            if out[used - 1] != 10:
                out[used] = 10
                used += 1
            out[used : used + LANES] = 0
            for p in range(begin, used, LANES):
                hit = alike(out, p, 10)
                while hit != np.uint64(0):
                    lines += 1
                    hit &= hit - np.uint64(1)
        start = stop
        ends[i] = lines
    return used
