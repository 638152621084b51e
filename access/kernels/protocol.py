"""Read which version of HTTP a request came by."""

from __future__ import annotations

import numpy as np

from access.event import Protocol
from access.kernels.compiled import lean_kernel

UNKNOWN, HTTP_1, HTTP_2 = (
    np.uint8(p) for p in (Protocol.UNKNOWN, Protocol.HTTP_1, Protocol.HTTP_2)
)
LONGEST = 3  # bytes of a version: 1.1, 2.0, 2


@lean_kernel
def _prefixed(buffer, p):
    """Tell whether `HTTP/` stands at *p*."""
    h, t, s, q = buffer[p], buffer[p + 1], buffer[p + 2], buffer[p + 3]
    return h == 72 and t == 84 and s == 84 and q == 80 and buffer[p + 4] == 47


@lean_kernel
def protocol_of(buffer, start, stop):
    """Read `HTTP/1.1`, `HTTP/2.0`, `HTTP/2` or the version alone; h3 is as good as h2."""
    if stop - start > 5 and _prefixed(buffer, start):
        start += 5
    if not 0 < stop - start <= LONGEST:
        return UNKNOWN
    if stop - start > 1 and buffer[start + 1] != 46:
        return UNKNOWN
    if buffer[start] == 49:
        return HTTP_1
    return HTTP_2 if buffer[start] == 50 or buffer[start] == 51 else UNKNOWN


@lean_kernel
def protocol_behind(buffer, start, stop):
    """Read the protocol at the end of a request line, which must be there in full."""
    p = stop
    while p > max(start, stop - 9) and buffer[p - 1] != 32:
        p -= 1
    if stop - p <= 5 or buffer[max(p - 1, start)] != 32 or not _prefixed(buffer, p):
        return UNKNOWN
    return protocol_of(buffer, p, stop)
