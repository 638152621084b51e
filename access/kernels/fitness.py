"""Tell whether a text of a line can be what its place is meant for; addresses from names."""

from __future__ import annotations

import numpy as np

from access.event import Field
from access.kernels.compiled import lean_kernel
from access.kernels.faults import NO_CLIENT, NO_LIST, NO_NAME
from access.kernels.lanes import LANES, alike, lowest
from access.kernels.read_text import absent
from access.variables import Shape


@lean_kernel
def _addressed(buffer, start, stop):
    """Tell whether a text looks like an address, perhaps with a port, and not like a name."""
    dots, colons, letters = 0, 0, 0
    for p in range(start, stop):
        c = buffer[p]
        letters += 97 <= c | 32 <= 102
        dots += c == 46
        colons += c == 58
        if not (48 <= c <= 57 or 97 <= c | 32 <= 102 or c in (46, 58, 91, 93)):
            return False
    return colons >= 2 or (dots == 3 and letters == 0)


@lean_kernel
def _ported(buffer, start, stop):
    """Tell whether there is just one colon in a text."""
    colons = 0
    for p in range(start, stop, LANES):
        hit = alike(buffer, p, 58)
        while hit != np.uint64(0) and p + lowest(hit) < stop and colons < 2:
            colons += 1
            hit &= hit - np.uint64(1)
    return colons == 1


@lean_kernel
def last_hop(buffer, start, stop):
    """Find where the last part of a list of addresses begins."""
    p = stop
    while p > start and buffer[p - 1] != 44 and buffer[p - 1] != 32:
        p -= 1
    return p


@lean_kernel
def _forwards(buffer, start, stop):
    """Tell whether a text is `-` or a list whose last part, a proxy's own word, is an address."""
    hop = last_hop(buffer, start, stop)
    return absent(buffer, start, stop) or _addressed(buffer, hop, stop)


@lean_kernel
def unfit(buffer, start, stop, shape, says):
    """Return what is wrong with a text, 0 for nothing."""
    if says == Field.CLIENT and (start == stop or absent(buffer, start, stop)):
        return NO_CLIENT
    if shape == Shape.PEER and _ported(buffer, start, stop) and not _addressed(buffer, start, stop):
        return NO_CLIENT
    if shape >= Shape.LIST:
        if shape == Shape.HOPS and not _addressed(buffer, last_hop(buffer, start, stop), stop):
            return NO_CLIENT
        return NO_LIST if shape == Shape.LIST and not _forwards(buffer, start, stop) else 0
    return NO_NAME if shape == Shape.NAME and _addressed(buffer, start, stop) else 0
