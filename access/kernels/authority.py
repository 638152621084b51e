"""Cut a full address, as proxies are asked for, into the host and the target that it names."""

from __future__ import annotations

import numpy as np

from access.event import Field
from access.kernels.compiled import lean_kernel

HTTP, HTTPS = 0x68747470, 0x6874747073  # the letters of either scheme as one number
HOST, TARGET = 2 * int(Field.HOST), 2 * int(Field.TARGET)


@lean_kernel
def authority(buffer, start, stop):
    """Return (host, end) of `https://host…` in [start, stop): where its host begins and ends.

    Both are *start* where the text is no full address.
    """
    p, scheme = start, 0
    while p < stop and p < start + 5 and buffer[p] != 58:
        scheme, p = (scheme << 8) | (np.int64(buffer[p]) | 32), p + 1
    if scheme not in (HTTP, HTTPS):
        return start, start
    if p + 3 > stop or buffer[p] != 58 or buffer[p + 1] != 47 or buffer[p + 2] != 47:
        return start, start
    host = p + 3
    p = host
    while p < stop and buffer[p] != 47 and buffer[p] != 63 and buffer[p] != 35:
        p += 1
    return host, p


@lean_kernel
def put_target(buffer, start, stop, row):
    """Write the target in [start, stop) to *row*, spans of one line.

    The host of a full address counts where the row has none. `https://host` asks for "/": the
    slash in front of its host stands for it.
    """
    if start < stop and buffer[start] != 47:
        host, end = authority(buffer, start, stop)
        if end > host and row[HOST] == row[HOST + 1]:
            row[HOST], row[HOST + 1] = host, end
        if end > start:
            start, stop = (end, stop) if end < stop else (host - 1, host)
    row[TARGET], row[TARGET + 1] = start, stop
