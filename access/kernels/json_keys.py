"""Follow one key of a JSON object through the alias table, whatever its case."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel

LONGEST = 40  # bytes of the longest key that can be known
TAG = LONGEST // 8  # column of `node << 8 | length`; 0 = an empty place
CHILD = TAG + 1  # column of the node the key leads to
SLOT = TAG + 2  # column of 1 + the slot its value goes to; 0 = none
COLUMNS = TAG + 3
UNKNOWN = 0  # the node of whatever the table does not know; nothing below it is looked up
ROOT = 1

_LOW = np.uint64(0x7F7F7F7F7F7F7F7F)
_HIGH = np.uint64(0x8080808080808080)
_FROM_A = np.uint64(0x3F3F3F3F3F3F3F3F)  # adds up to 0x80 from "A" on
_PAST_Z = np.uint64(0x2525252525252525)  # adds up to 0x80 from "[" on
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd, bits well mixed: Knuth's multiplier, golden ratio


@lean_kernel
def lower(word):
    """Lower the ASCII capitals among eight bytes; every other byte stays as it is."""
    low = word & _LOW
    capital = (low + _FROM_A) & ~(low + _PAST_Z) & ~word & _HIGH
    return word | (capital >> np.uint64(2))


@lean_kernel
def _piece(words, at, stop):
    """Read up to eight bytes from *at*, lowered, zero from *stop* on."""
    word = lower(words[at])
    if stop - at < 8:
        word &= (np.uint64(1) << np.uint64(8 * (stop - at))) - np.uint64(1)
    return word


@lean_kernel
def home(words, table, node, start, stop):
    """Say where the search for the key in [start, stop) begins; it holds 1 to LONGEST bytes."""
    value = _piece(words, start, stop)
    if stop - start > 8:
        value ^= lower(words[stop - 8]) * _SPREAD
    value = (value + (np.uint64(node) << np.uint64(8)) + np.uint64(stop - start)) * _SPREAD
    return np.int64((value >> np.uint64(40)) & np.uint64(len(table) - 1))


@lean_kernel
def _same(words, table, place, start, stop):
    for piece in range((stop - start + 7) >> 3):
        if _piece(words, start + 8 * piece, stop) != table[place, piece]:
            return False
    return True


@lean_kernel
def follow(words, table, node, start, stop):
    """Return (child node, slot) of the key in [start, stop) below *node*; slot -1 = not wanted."""
    if stop == start or stop - start > LONGEST:
        return UNKNOWN, -1
    tag = (np.uint64(node) << np.uint64(8)) | np.uint64(stop - start)
    place = home(words, table, node, start, stop)
    while table[place, TAG] != np.uint64(0):
        if table[place, TAG] == tag and _same(words, table, place, start, stop):
            return np.int64(table[place, CHILD]), np.int64(table[place, SLOT]) - 1
        place = (place + 1) & (len(table) - 1)
    return UNKNOWN, -1
