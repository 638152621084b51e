"""Write down, at the end of a tick, what is known of each actor that asked for pictures in it."""

from __future__ import annotations

import numpy as np

from access.claims import Family, Flag
from access.kernels.compiled import lean_kernel
from actors import features
from actors.features import Fact
from actors.kernels.bearing import FETCHED, PICTURED, SIGNATURES, engines_of
from actors.kernels.panes import divide, flush, turn
from actors.kernels.shapes import (
    ASKED,
    COUNTED,
    COUNTS,
    LINES,
    LISTEN,
    NO_TICK,
    OPEN_TICK,
    PANES,
    TICK_SECONDS,
    TOUCHED,
    TRACED,
    TRAPS,
)

DAYS = features.WINDOWS.index(features.DAY)
FIRST_BROWSER, LAST_BROWSER = int(Family.CHROME), int(Family.ANDROID)
HTTP_1 = int(Flag.HTTP_1) << 18
CLAIM, RUN, LULL, TURNS = map(int, (Fact.CLAIM, Fact.RUN, Fact.LULL, Fact.TURNS))
UNFETCHED, UNPICTURED = int(Fact.UNFETCHED), int(Fact.UNPICTURED)
CONTRADICTED, ENGINES, SIGNATURE = int(Fact.CONTRADICTED), int(Fact.ENGINES), int(Fact.SIGNATURE)
HANDSHAKE = int(Fact.HANDSHAKE)
HASHED = np.uint64((1 << 48) - 1)  # as many bits of a hash as a frame's numbers hold exactly


@lean_kernel
def welcome(sheet, row, claim, bearing, cold):
    """Count a newcomer and its habits among those of the open tick."""
    sheet.newcomers[0] += 1
    sheet.newcomers[1] += 1 if row.pages + row.calls > 0 else 0
    sheet.newcomers[2] += 1 if row.assets > 0 else 0
    sheet.newcomers[3] += 1 if row.unreferred + row.rooted < row.asked else 0
    named = np.int64(claim) & 0xFF
    browser, shown = FIRST_BROWSER <= named <= LAST_BROWSER, np.int64(bearing)
    sheet.newcomers[4] += 0 if browser and np.int64(claim) & HTTP_1 > 0 else 1
    sheet.newcomers[5] += 1 if cold > 0 else 0
    sheet.newcomers[6] += 0 if browser and shown & FETCHED == 0 else 1
    sheet.newcomers[7] += 0 if browser and shown & PICTURED == 0 else 1


@lean_kernel
def _lull(memory, place):
    """Count what was asked for in the quietest whole pane of the day."""
    running = memory.panes[place, DAYS]
    least = np.int64(memory.counts[place, DAYS, (running - 1) % PANES, ASKED])
    for number in range(running - PANES + 1, running - 1):
        least = min(least, np.int64(memory.counts[place, DAYS, number % PANES, ASKED]))
    return least


@lean_kernel
def _borne(slot, which):
    """Read one of the facts that headers show."""
    if which == UNFETCHED:
        return np.int64(slot.unfetched)
    if which == UNPICTURED:
        return np.int64(slot.unpictured)
    if which == CONTRADICTED:
        return np.int64(slot.contradicted)
    return engines_of(slot) if which == ENGINES else np.int64(slot.engines) >> SIGNATURES


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
        elif which == LULL:
            value = _lull(memory, place)
        elif which == TURNS:
            value = np.int64(slot.turns)
        elif which == HANDSHAKE:
            value = np.int64(slot.handshake & HASHED)
        elif which >= UNFETCHED:
            value = _borne(slot, which)
        else:
            value = end - np.int64(slot.born)
        sheet.values[feature, line] = value
    sheet.tick[line] = end
    sheet.actor[line] = memory.rows[slot.row - 1].key
    sheet.row[line] = slot.touched
    sheet.state[LINES] = line + 1


@lean_kernel
def _trace(sheet, end):
    """Write down the newcomers of the tick that ends, if there were any."""
    if sheet.newcomers[0] > 0:
        line = sheet.state[TRACED]
        sheet.trace[line, 0] = end
        for count in range(COUNTS):
            sheet.trace[line, count + 1] = sheet.newcomers[count]
            sheet.newcomers[count] = 0
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
