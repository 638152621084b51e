"""Read addresses out of text into 64-bit keys: an IPv4 address, or the /64 of an IPv6 one."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.letters import hex_digit

V4 = np.uint64(0x0000FFFF00000000)  # the key of 0.0.0.0; no routed IPv6 /64 begins so
V4_PREFIX = np.uint64(0xFFFF)  # what the upper half of every IPv4 key is
NOBODY = np.uint64(0)


@lean_kernel
def _four(buffer, start, stop):
    """Read `a.b.c.d` at *start*; return its number (-1: none) and the byte behind it."""
    value, p = 0, start
    for part in range(4):
        octet, first = 0, p
        while p < stop and 48 <= buffer[p] <= 57 and p - first < 4:
            octet = octet * 10 + np.int64(buffer[p]) - 48
            p += 1
        padded = p - first > 1 and buffer[first] == 48
        if p == first or octet > 255 or padded or p - first > 3:
            return -1, p
        value = value * 256 + octet
        if part < 3:
            if p >= stop or buffer[p] != 46:
                return -1, p
            p += 1
    return value, p


@lean_kernel
def _group(buffer, start, stop):
    """Read one to four hexadecimal digits; return their value (-1: none) and the byte behind."""
    value, p = 0, start
    while p < stop and p - start < 5:
        digit = hex_digit(buffer[p])
        if digit < 0:
            break
        value = value * 16 + digit
        p += 1
    return (value, p) if 0 < p - start < 5 else (-1, p)


@lean_kernel
def _key(head, gap, upper, lower):
    """Put the *gap* groups before the `::` (in *head*, two words) in front of those behind it."""
    bits = np.uint64(16 * (8 - gap))
    if gap > 4:
        upper |= (head[0] << bits) | (head[1] >> (np.uint64(64) - bits))
        lower |= head[1] << bits
    elif gap > 0:
        upper |= head[1] << (bits - np.uint64(64))
    if upper == 0 and lower >> np.uint64(32) == V4_PREFIX:
        return V4 | (lower & np.uint64(0xFFFFFFFF))
    return NOBODY if upper >> np.uint64(32) == V4_PREFIX else upper


@lean_kernel
def _six(buffer, start, stop):
    """Read a whole IPv6 address, embedded IPv4 included, into its key; 0: it is none."""
    head, gap, upper, lower, groups, p = (NOBODY, NOBODY), -1, NOBODY, NOBODY, 0, start
    if p + 1 < stop and buffer[p] == 58 and buffer[p + 1] == 58:
        gap, p = 0, p + 2
    while p < stop:
        bits = 16
        value, after = _group(buffer, p, stop)
        if after < stop and buffer[after] == 46:
            bits = 32
            value, after = _four(buffer, p, stop)
            if after < stop:
                return NOBODY
        groups += bits >> 4
        if value < 0 or groups > 8:
            return NOBODY
        shift = np.uint64(bits)
        upper = (upper << shift) | (lower >> (np.uint64(64) - shift))
        lower = (lower << shift) | np.uint64(value)
        if after == stop:
            break
        p = after + 1
        if buffer[after] != 58 or p == stop:
            return NOBODY
        if buffer[p] == 58:
            if gap >= 0:
                return NOBODY
            head, gap, upper, lower, p = (upper, lower), groups, NOBODY, NOBODY, p + 1
    if groups > 7 if gap >= 0 else groups != 8:
        return NOBODY
    return _key(head, gap, upper, lower)


@lean_kernel
def _zoned(buffer, start, stop):
    """Read an IPv6 address that may end in a zone, as in `fe80::1%eth0`."""
    percent = start
    while percent < stop and buffer[percent] != 37:
        percent += 1
    if percent < stop:
        if percent + 1 == stop:
            return NOBODY
        for p in range(percent + 1, stop):
            if buffer[p] == 37:
                return NOBODY
    return _six(buffer, start, percent)


@lean_kernel
def _ends(buffer, start, stop):
    """Tell whether nothing, or `:port`, is left."""
    if start == stop:
        return True
    if buffer[start] != 58 or not 1 < stop - start < 7:
        return False
    port = 0
    for p in range(start + 1, stop):
        if not 48 <= buffer[p] <= 57:
            return False
        port = port * 10 + np.int64(buffer[p]) - 48
    return port < 65536


@lean_kernel
def parse_address(buffer, start, stop):
    """Read `buffer[start:stop]`, blanks around it allowed, into a key (uint64); 0: no actor.

    Valid is what the standard library's `ipaddress` takes, also as `a.b.c.d:port`, `[v6]` and
    `[v6]:port`. A v4-mapped address is its IPv4 address; `::/64` and `0:ffff::/32` (which would
    pass for IPv4 keys, and is not routed) are nobody.
    """
    while start < stop and (buffer[start] == 32 or buffer[start] == 9):
        start += 1
    while start < stop and (buffer[stop - 1] == 32 or buffer[stop - 1] == 9):
        stop -= 1
    if start < stop and buffer[start] == 91:
        close = start
        while close < stop and buffer[close] != 93:
            close += 1
        if close == stop or not _ends(buffer, close + 1, stop):
            return NOBODY
        return _zoned(buffer, start + 1, close)
    value, after = _four(buffer, start, stop)
    if value >= 0 and _ends(buffer, after, stop):
        return V4 | np.uint64(value)
    return _zoned(buffer, start, stop)
