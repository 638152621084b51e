"""Find or make the 32-byte row that everybody has, and note requests in it."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.hashing import mix
from actors.kernels.shapes import (
    ASKED,
    ASSETS,
    CALLS,
    ORIGINALS,
    PAGES,
    ROOTED,
    ROWS_USED,
    TAKEN,
    UNREFERRED,
    VISIT,
)


@lean_kernel
def row_of(memory, key, at):
    """Find the actor's row (1-based), making one at second *at*; 0 = no room left."""
    mask = np.uint64(len(memory.table) - 1)
    place = mix(key ^ memory.seed) & mask
    while True:
        known = memory.table[place]
        if known == 0:
            break
        if memory.rows[known - 1].key == key:
            return np.int64(known)
        place = (place + np.uint64(1)) & mask
    used = memory.tally[ROWS_USED]
    if used == len(memory.rows):
        return np.int64(0)
    memory.tally[ROWS_USED] = used + 1
    memory.rows[used].key = key
    memory.rows[used].last = at
    memory.table[place] = used + 1
    return np.int64(used + 1)


@lean_kernel
def _more(held, added, most):
    """Add to a small counter that stops at *most*."""
    return min(np.int64(held) + np.int64(added), most)


@lean_kernel
def refresh(row, at):
    """Start a new visit for an actor without a slot who was silent for long."""
    if row.slot == 0 and at - np.int64(row.last) > VISIT:
        row.asked = row.pages = row.assets = row.calls = 0
        row.taken = row.unreferred = row.rooted = row.originals = 0


@lean_kernel
def visit(row, at, delta):
    """Note a request in an actor's row."""
    row.last = max(np.int64(row.last), at)
    if delta[PAGES] > 0:
        row.page = max(np.int64(row.page), at)
    row.asked = _more(row.asked, delta[ASKED], 65_535)
    if row.slot == 0:
        row.pages = _more(row.pages, delta[PAGES], 65_535)
        row.assets = _more(row.assets, delta[ASSETS], 65_535)
        row.calls = _more(row.calls, delta[CALLS], 65_535)
        row.taken = _more(row.taken, delta[TAKEN], 255)
        row.unreferred = _more(row.unreferred, delta[UNREFERRED], 255)
        row.rooted = _more(row.rooted, delta[ROOTED], 255)
        row.originals = _more(row.originals, delta[ORIGINALS], 255)
