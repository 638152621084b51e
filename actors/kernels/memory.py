"""Remember actors: find or make their row, their slot, and turn, fill and free the slot's panes."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.hashing import mix
from actors.kernels.shapes import (
    ASKED,
    ASSETS,
    CALLS,
    LONGEST_GAP,
    ORIGINALS,
    PAGES,
    PANES,
    PICTURES,
    RECENT,
    ROOTED,
    ROWS_USED,
    SLOTS_FREE,
    STATISTICS,
    TAKEN,
    UNREFERRED,
    VISIT,
    WINDOWS,
)


@lean_kernel
def divide(second, panes, which):
    """Say in which pane of each window a second lies (WIDTHS nest: 10, 100, 600 … seconds)."""
    panes[which, 0] = second // 10
    panes[which, 1] = panes[which, 0] // 10
    panes[which, 2] = panes[which, 1] // 6
    panes[which, 3] = panes[which, 2] // 24
    panes[which, 4] = panes[which, 3] // 30


@lean_kernel
def row_of(memory, key, at):
    """Find the actor's row (1-based), making one at second *at*; 0 = no room left."""
    mask = np.uint64(len(memory.index) - 1)
    place = mix(key ^ memory.seed) & mask
    while True:
        known = memory.index[place]
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
    memory.index[place] = used + 1
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


@lean_kernel
def _seed(pending, place, row):
    """Begin a slot with what the row remembered."""
    for statistic in range(STATISTICS):
        pending[place, statistic] = 0
    pending[place, PAGES] = row.pages
    pending[place, ASSETS] = row.assets
    pending[place, CALLS] = row.calls
    pending[place, ASKED] = row.asked
    pending[place, TAKEN] = row.taken
    pending[place, PICTURES] = row.taken
    pending[place, UNREFERRED] = row.unreferred
    pending[place, ROOTED] = row.rooted
    pending[place, ORIGINALS] = row.originals


@lean_kernel
def promote(memory, number, at, panes):
    """Give row *number* a slot (1-based), filled with what the row remembered; 0 = none free."""
    left = memory.tally[SLOTS_FREE]
    if left == 0:
        return np.int64(0)
    memory.tally[SLOTS_FREE] = left - 1
    place = np.int64(memory.free[left - 1])
    slot, row = memory.slots[place], memory.rows[number - 1]
    slot.row, slot.born, slot.claim, slot.run = number, at, 0, 0
    slot.last, slot.touched, slot.cursor = -LONGEST_GAP - 1, -1, 0
    for recent in range(RECENT):
        memory.serials[place, recent] = -1
    for window in range(WINDOWS):
        memory.panes[place, window] = panes[0, window]
        for statistic in range(STATISTICS):
            memory.totals[place, window, statistic] = 0
            for pane in range(PANES):
                memory.counts[place, window, pane, statistic] = 0
    _seed(memory.pending, place, row)
    row.slot = place + 1
    return place + 1


@lean_kernel
def flush(memory, place):
    """Bring what is pending into every window."""
    for window in range(WINDOWS):
        pane = memory.panes[place, window] % PANES
        for statistic in range(STATISTICS):
            more = memory.pending[place, statistic]
            memory.counts[place, window, pane, statistic] += more
            memory.totals[place, window, statistic] += np.uint64(more)
    for statistic in range(STATISTICS):
        memory.pending[place, statistic] = 0


@lean_kernel
def turn(memory, place, panes, which):
    """Open the panes that have begun since the slot was last touched; what they held is over."""
    if panes[which, 0] <= memory.panes[place, 0]:
        return
    flush(memory, place)
    for window in range(WINDOWS):
        old, new = memory.panes[place, window], panes[which, window]
        for number in range(max(old + 1, new - PANES + 1), new + 1):
            pane = number % PANES
            for statistic in range(STATISTICS):
                gone = memory.counts[place, window, pane, statistic]
                memory.totals[place, window, statistic] -= np.uint64(gone)
                memory.counts[place, window, pane, statistic] = 0
        memory.panes[place, window] = max(old, new)


@lean_kernel
def add(memory, place, panes, delta):
    """Count *delta* in the pane of each window that holds the moment of *panes*."""
    if panes[0, 0] == memory.panes[place, 0]:
        for statistic in range(STATISTICS):
            memory.pending[place, statistic] += delta[statistic]
        return
    for window in range(WINDOWS):
        if memory.panes[place, window] - panes[0, window] < PANES:
            pane = panes[0, window] % PANES
            for statistic in range(STATISTICS):
                memory.counts[place, window, pane, statistic] += delta[statistic]
                memory.totals[place, window, statistic] += np.uint64(delta[statistic])


@lean_kernel
def move(memory, place, panes, statistic, before):
    """Count a thing once per window: take it out of the pane where it was seen *before*.

    Panes nest, so a thing that was seen in the running pane of one window was seen in that of
    every longer one.
    """
    divide(before, panes, 2)
    for window in range(WINDOWS):
        running, here, then = memory.panes[place, window], panes[0, window], panes[2, window]
        if then >= here:
            return
        if running - here >= PANES:
            continue
        memory.counts[place, window, here % PANES, statistic] += 1
        # A forgotten actor's things may still be known: there is nothing to take out then.
        if running - then < PANES and memory.counts[place, window, then % PANES, statistic] > 0:
            memory.counts[place, window, then % PANES, statistic] -= 1
        else:
            memory.totals[place, window, statistic] += np.uint64(1)
