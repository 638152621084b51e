"""Find who asked: the client that connected, or the one a trusted proxy vouches for."""

from __future__ import annotations

import numpy as np

from access.kernels.addresses import NOBODY, parse_address
from access.kernels.compiled import kernel


@kernel
def _holds(first, last, key):
    """Tell whether one of the sorted disjoint intervals holds *key*."""
    at = np.searchsorted(first, key, side="right") - 1
    return at >= 0 and key <= last[at]


@kernel
def _unquoted(buffer, start, stop):
    """Parse an element of X-Forwarded-For without the blanks, quotes and backslashes around it."""
    while start < stop and buffer[start] in (9, 32, 34, 92):
        start += 1
    while start < stop and buffer[stop - 1] in (9, 32, 34, 92):
        stop -= 1
    return parse_address(buffer, start, stop)


@kernel
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


@kernel
def clients_of(buffer, spans, client, forwarded, trusted, excluded):
    """Give each row's true client: (rows,) uint64, 0 for nobody.

    *client* and *forwarded* are the columns of `spans` where the two fields begin; *trusted* and
    *excluded* are pairs (first, last) of sorted disjoint closed intervals of keys.
    """
    keys = np.zeros(len(spans), np.uint64)
    for row in range(len(spans)):
        key = parse_address(buffer, spans[row, client], spans[row, client + 1])
        if key != NOBODY and _holds(trusted[0], trusted[1], key):
            start, stop = spans[row, forwarded], spans[row, forwarded + 1]
            key = _walk(buffer, start, stop, trusted[0], trusted[1])
        if key != NOBODY and not _holds(excluded[0], excluded[1], key):
            keys[row] = key
    return keys
