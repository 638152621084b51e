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
def _seed(counts, place, window, pane, row):
    """Fill a new slot's pane with what the row remembered."""
    counts[place, window, pane, PAGES] = row.pages
    counts[place, window, pane, ASSETS] = row.assets
    counts[place, window, pane, CALLS] = row.calls
    counts[place, window, pane, ASKED] = row.asked
    counts[place, window, pane, TAKEN] = row.taken
    counts[place, window, pane, PICTURES] = row.taken
    counts[place, window, pane, UNREFERRED] = row.unreferred
    counts[place, window, pane, ROOTED] = row.rooted
    counts[place, window, pane, ORIGINALS] = row.originals


@lean_kernel
def clear(counts, place, window, pane):
    """Set one pane of one slot to nothing."""
    for statistic in range(STATISTICS):
        counts[place, window, pane, statistic] = 0


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
        for pane in range(PANES):
            clear(memory.counts, place, window, pane)
        _seed(memory.counts, place, window, panes[0, window] % PANES, row)
    row.slot = place + 1
    return place + 1


@lean_kernel
def turn(memory, place, panes, which):
    """Open the panes that have begun since the slot was last touched; what they held is over."""
    for window in range(WINDOWS):
        old, new = memory.panes[place, window], panes[which, window]
        if new > old:
            for pane in range(max(old + 1, new - PANES + 1), new + 1):
                clear(memory.counts, place, window, pane % PANES)
            memory.panes[place, window] = new


@lean_kernel
def add(memory, place, panes, delta):
    """Count *delta* in the pane of each window that holds the moment of *panes*."""
    counts = memory.counts
    for window in range(WINDOWS):
        here = panes[0, window]
        if memory.panes[place, window] - here < PANES:
            pane = here % PANES
            for statistic in range(STATISTICS):
                counts[place, window, pane, statistic] += delta[statistic]


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
        if running - then < PANES:
            held = memory.counts[place, window, then % PANES, statistic]
            # A forgotten actor's things may still be known: there is nothing to take out then.
            memory.counts[place, window, then % PANES, statistic] = max(np.int64(held) - 1, 0)
        memory.counts[place, window, here % PANES, statistic] += 1
