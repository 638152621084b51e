"""Count in panes: a ring for each window, turned as event time goes on."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from actors.kernels.shapes import PANES, STATISTICS, WINDOWS


@lean_kernel
def divide(second, panes, which):
    """Say in which pane of each window a second lies (WIDTHS nest: 10, 100, 600 … seconds)."""
    panes[which, 0] = second // 10
    panes[which, 1] = panes[which, 0] // 10
    panes[which, 2] = panes[which, 1] // 6
    panes[which, 3] = panes[which, 2] // 24
    panes[which, 4] = panes[which, 3] // 30


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
