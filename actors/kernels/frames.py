"""Write down, at the end of a tick, what is known of each actor that asked for pictures in it."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from actors import features
from actors.features import Fact
from actors.kernels.panes import divide, flush, turn
from actors.kernels.shapes import (
    ASKED,
    COUNTED,
    GRACE,
    LINES,
    LISTEN,
    NEWCOMER_PANE,
    NO_TICK,
    OPEN_TICK,
    PANES,
    TICK_SECONDS,
    TOUCHED,
    TRACED,
    TRAPS,
    WIDTHS,
)

DAYS = features.WINDOWS.index(features.DAY)
CLAIM, RUN = int(Fact.CLAIM), int(Fact.RUN)


@lean_kernel
def welcome(sheet, row, second):
    """Count a newcomer and its habits in the site's last day."""
    pane = second // WIDTHS[DAYS]
    running = sheet.state[NEWCOMER_PANE]
    if pane > running:
        for stale in range(max(running + 1, pane - PANES + 1), pane + 1):
            for habit in range(4):
                sheet.newcomers[stale % PANES, habit] = 0
        sheet.state[NEWCOMER_PANE] = running = pane
    if running - pane < PANES:
        here = pane % PANES
        sheet.newcomers[here, 0] += 1
        sheet.newcomers[here, 1] += 1 if row.pages + row.calls > 0 else 0
        sheet.newcomers[here, 2] += 1 if row.assets > 0 else 0
        sheet.newcomers[here, 3] += 1 if row.unreferred + row.rooted < row.asked else 0


@lean_kernel
def _line(memory, sheet, place, end):
    """Write one actor's features on the next line of the sheet."""
    slot, line = memory.slots[place], sheet.state[LINES]
    for feature in range(len(sheet.wanted)):
        which = sheet.wanted[feature, 2]
        if sheet.wanted[feature, 0] == COUNTED:
            value = np.int64(memory.totals[place, sheet.wanted[feature, 1], which])
        elif which == CLAIM:
            value = np.int64(slot.claim)
        elif which == RUN:
            value = np.int64(slot.run)
        else:
            value = end - np.int64(slot.born)
        sheet.values[feature, line] = value
    sheet.tick[line] = end
    sheet.actor[line] = memory.rows[slot.row - 1].key
    sheet.row[line] = slot.touched
    sheet.state[LINES] = line + 1


@lean_kernel
def _trace(sheet, end):
    """Write down the site's newcomers as of the end of this tick."""
    line = sheet.state[TRACED]
    sheet.trace[line, 0] = end
    everybody = np.int64(0)
    for pane in range(PANES):
        everybody += sheet.newcomers[pane, 0]
    for habit in range(1, 4):
        those = np.int64(0)
        for pane in range(PANES):
            those += sheet.newcomers[pane, habit]
        sheet.trace[line, habit] = (those + GRACE) / (everybody + GRACE)
    sheet.state[TRACED] = line + 1


@lean_kernel
def close_tick(memory, sheet):
    """End the open tick: a line for everybody in it who has asked for enough to be judged."""
    if sheet.state[OPEN_TICK] == NO_TICK:
        return
    end = (sheet.state[OPEN_TICK] + 1) * sheet.state[TICK_SECONDS]
    divide(end - 1, sheet.panes, 1)
    for i in range(sheet.state[TOUCHED]):
        place = np.int64(sheet.touched[i])
        flush(memory, place)
        turn(memory, place, sheet.panes, 1)
        asked, traps = memory.totals[place, DAYS, ASKED], memory.totals[place, DAYS, TRAPS]
        if asked >= LISTEN or traps > 0:
            _line(memory, sheet, place, end)
        memory.slots[place].touched = -1
    sheet.state[TOUCHED] = 0
    _trace(sheet, end)
