"""Find who asked: the client that connected, or the one a trusted proxy vouches for."""

from __future__ import annotations

import numpy as np

from access.kernels.addresses import NOBODY, parse_address
from access.kernels.compiled import lean_kernel


@lean_kernel
def _holds(first, last, key):
    """Tell whether one of the sorted disjoint intervals, of which the first is 0, holds *key*."""
    at, rest = 0, len(first)
    while rest > 1:
        half = rest >> 1
        at += half * (first[at + half] <= key)
        rest -= half
    return key <= last[at]


@lean_kernel
def _unquoted(buffer, start, stop):
    """Parse an element of X-Forwarded-For without the blanks, quotes and backslashes around it."""
    while start < stop and buffer[start] in (9, 32, 34, 92):
        start += 1
    while start < stop and buffer[stop - 1] in (9, 32, 34, 92):
        stop -= 1
    return parse_address(buffer, start, stop)


@lean_kernel
def _walk(buffer, start, stop, first, last):
    """Go from the right past trusted proxies to the first that is none; 0: there is nobody."""
    while stop > start:
        comma = stop - 1
        while comma >= start and buffer[comma] != 44:
            comma -= 1
        key = _unquoted(buffer, comma + 1, stop)
        if key == NOBODY or not _holds(first, last, key):
            return key
        stop = comma
    return NOBODY


@lean_kernel
def clients_of(buffer, spans, client, forwarded, trusted, excluded, keys):
    """Write each row's true client to *keys* (rows,) uint64; 0 for nobody.

    *client* and *forwarded* are the columns of `spans` where the two fields begin; *trusted* and
    *excluded* are pairs (first, last) of sorted disjoint closed intervals of keys.
    """
    (first, last), (first_out, last_out) = trusted, excluded
    for row in range(len(spans)):
        start, stop = np.int64(spans[row, client]), np.int64(spans[row, client + 1])
        key = parse_address(buffer, start, stop)
        if key != NOBODY and _holds(first, last, key):
            start, stop = np.int64(spans[row, forwarded]), np.int64(spans[row, forwarded + 1])
            key = _walk(buffer, start, stop, first, last)
        keys[row] = NOBODY if _holds(first_out, last_out, key) else key
