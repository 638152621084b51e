"""Give a slot, with all statistics in all windows, to an actor that takes pictures."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
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
    SLOTS_FREE,
    STATISTICS,
    TAKEN,
    UNREFERRED,
    WINDOWS,
)


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
    slot.anchor, slot.anchored, slot.handshake = 0, 0, 0
    slot.unfetched, slot.unpictured, slot.contradicted, slot.engines = 0, 0, 0, 0
    slot.turns, slot.named = 0, 0
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
