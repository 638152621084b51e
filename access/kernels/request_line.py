"""Take `GET /a.jpg HTTP/1.1` apart, as forgivingly as the servers that answer it."""

from __future__ import annotations

import numpy as np

from access.event import Method
from access.kernels.compiled import lean_kernel

OTHER, GET, HEAD, POST = (np.uint8(m) for m in (Method.OTHER, Method.GET, Method.HEAD, Method.POST))
LONGEST = 32  # bytes of a method or a protocol; nginx takes none that is longer


@lean_kernel
def _method_end(buffer, p, stop):
    """Find the space behind a method; -1 when the request does not begin with one."""
    start = p
    while p < min(stop, start + LONGEST):
        c = buffer[p]
        if c == 32:
            return p if p > start else -1
        if not (65 <= c <= 90 or 97 <= c <= 122 or c in (45, 95)):
            return -1
        p += 1
    return -1


@lean_kernel
def method_of(buffer, p, stop):
    """Name the method between *p* and *stop*; case counts, as it does for servers."""
    if stop - p == 3 and buffer[p] == 71 and buffer[p + 1] == 69 and buffer[p + 2] == 84:
        return GET
    if stop - p != 4:
        return OTHER
    a, b, c, d = buffer[p], buffer[p + 1], buffer[p + 2], buffer[p + 3]
    if a == 72 and b == 69 and c == 65 and d == 68:
        return HEAD
    if a == 80 and b == 79 and c == 83 and d == 84:
        return POST
    return OTHER


@lean_kernel
def _target_end(buffer, p, stop):
    """Find where the target from *p* ends: before ` HTTP/…`; -1 when no protocol follows."""
    q = stop - 1
    while q > max(p, stop - LONGEST) and buffer[q] != 32:
        q -= 1
    if q <= p or buffer[q] != 32 or stop - q < 7:
        return -1
    if buffer[q + 1] != 72 or buffer[q + 2] != 84 or buffer[q + 3] != 84:
        return -1
    if buffer[q + 4] != 80 or buffer[q + 5] != 47:
        return -1
    while q > p and buffer[q - 1] == 32:
        q -= 1
    return q


@lean_kernel
def _simple(buffer, p, stop):
    """Tell whether *p* to *stop* is the path of an HTTP/0.9 request, which names no protocol."""
    if p == stop or buffer[p] != 47:
        return False
    while p < stop and buffer[p] != 32:
        p += 1
    return p == stop


@lean_kernel
def request_line(buffer, start, stop):
    """Return method, start and stop of the target.

    What is no HTTP (a TLS hello, garbage) has Method.OTHER and is a target as a whole. `-` is no
    target at all. More than one space is taken, as nginx does (ngx_http_parse_request_line).
    """
    if stop - start == 1 and buffer[start] == 45:
        return OTHER, start, start
    p = _method_end(buffer, start, stop)
    if p < 0:
        return OTHER, start, stop
    method = method_of(buffer, start, p)
    while p < stop and buffer[p] == 32:
        p += 1
    end = _target_end(buffer, p, stop)
    if end > p:
        return method, p, end
    if method == GET and _simple(buffer, p, stop):
        return method, p, stop
    return OTHER, start, stop
