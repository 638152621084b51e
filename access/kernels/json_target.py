"""Find what a JSON line says was asked for: method and target."""

from __future__ import annotations

from access.aliases import Meaning
from access.kernels.compiled import lean_kernel
from access.kernels.json_choice import choose
from access.kernels.json_unescape import copy
from access.kernels.request_line import GET, HEAD, OTHER, POST, request_line

_TARGET, _REQUEST, _METHOD = int(Meaning.TARGET), int(Meaning.REQUEST), int(Meaning.METHOD)
_PATH, _QUERY = int(Meaning.PATH), int(Meaning.QUERY)


@lean_kernel
def asked(buffer, values, seen, free):
    """Return (method, start, stop, free): a whole target, else a request line, else a path."""
    method = _method(buffer, values, seen, free)
    start, stop, free = choose(buffer, values, seen, _TARGET, free)
    if stop > start and method != OTHER:
        return method, start, stop, free
    first, last, after = choose(buffer, values, seen, _REQUEST, free)
    if last > first:
        verb, first, last = request_line(buffer, first, last)
        if method == OTHER:
            method = verb
        if stop == start:
            return method, first, last, after
    if stop == start:
        start, stop, free = _joined(buffer, values, seen, free)
    return method, start, stop, free


@lean_kernel
def _method(buffer, values, seen, free):
    """Name the method, upper or lower case."""
    start, stop, _ = choose(buffer, values, seen, _METHOD, free)
    if stop - start < 3 or stop - start > 4:
        return OTHER
    word = 1  # so that a leading zero byte counts
    for p in range(start, stop):
        word = (word << 8) | (buffer[p] & 0xDF)
    if word == 0x1474554:
        return GET
    if word == 0x148454144:
        return HEAD
    return POST if word == 0x1504F5354 else OTHER


@lean_kernel
def _joined(buffer, values, seen, free):
    """Join a path and the query that stands beside it; each is written at most once."""
    base = free
    start, stop, free = choose(buffer, values, seen, _PATH, free)
    if stop == start or seen[_QUERY] == 0:
        return start, stop, free
    for p in range(start, stop):
        if buffer[p] == 63:
            return start, stop, free
    free = copy(buffer, start, stop, base)
    first, last, _ = choose(buffer, values, seen, _QUERY, free + 1)
    first += last > first and buffer[first] == 63
    if last > first:
        buffer[free] = 63
        free = copy(buffer, first, last, free + 1)
    return base, free, free
