"""Fold requests into memory, row by row, and write down who did what at the end of each tick."""

from __future__ import annotations

import numpy as np

from access.claims import ODD, Family
from access.kernels.compiled import lean_kernel
from actors.kernels.bearing import bear
from actors.kernels.frames import DAYS, close_tick, welcome
from actors.kernels.panes import add, divide, turn
from actors.kernels.rows import refresh, row_of, visit
from actors.kernels.shapes import (
    ACTORS_FULL,
    ASKED,
    ASSETS,
    CALLED,
    CALLS,
    DONE,
    DREW,
    FRAME_FULL,
    GAP_SQUARES,
    GAP_SUM,
    GAPS,
    LINES,
    LONGEST_GAP,
    NO_TICK,
    NUMBERED,
    OPEN_TICK,
    ORIGINALS,
    PAGED,
    PAGES,
    PAUSE,
    PREVIEWED,
    PROMOTE,
    REACH,
    RECENT,
    SLOTS_FULL,
    SOON,
    STATISTICS,
    STEPS,
    TAKEN,
    TOUCHED,
    TRAPS,
)
from actors.kernels.slots import promote
from actors.kernels.things import foresee, look

AHEAD = 8  # rows: far enough for memory to answer, near enough not to be pushed out again
FIRST, LAST = int(Family.CHROME), int(Family.ANDROID)  # families of browsers
STRANGE = int(ODD) << 18  # flags in a claim that no browser has
BROWSER, ELSE, MANY = 1, 2, 65_535


@lean_kernel
def _gap(slot, at, delta):
    """Measure the silence since the last picture asked for, in quarter seconds."""
    gap = at - slot.last
    if 0 <= gap <= LONGEST_GAP:
        quarters = (gap + 125) // 250
        delta[GAPS], delta[GAP_SUM], delta[GAP_SQUARES] = 1, quarters, quarters * quarters
    slot.last = max(slot.last, at)


@lean_kernel
def _step(memory, place, slot, serial, series, delta):
    """See whether the number is near one of the last of its series, and keep it."""
    near = False
    for recent in range(RECENT):
        known = memory.serials[place, recent]
        if known >= 0 and memory.series[place, recent] == series:
            distance = abs(serial - known)
            if distance == 0:
                return
            near = near or distance <= REACH
    delta[NUMBERED] = 1
    delta[STEPS] = 1 if near else 0
    slot.run = slot.run + 1 if near else 0
    memory.serials[place, slot.cursor] = serial
    memory.series[place, slot.cursor] = series
    slot.cursor = (slot.cursor + 1) % RECENT


@lean_kernel
def _take_turns(slot, claim, silence, delta):
    """See whether a browser and something else take turns at pages, answers and pictures."""
    if silence > PAUSE:
        slot.turns, slot.named = 0, 0
    if delta[PAGES] + delta[CALLS] + delta[ASKED] == 0:
        return
    told = np.int64(claim)
    plain = FIRST <= told & 0xFF <= LAST and told & STRANGE == 0
    named = BROWSER if plain else ELSE
    if 0 < slot.named != named and silence <= SOON:
        slot.turns = min(np.int64(slot.turns) + 1, MANY)
    slot.named = named


@lean_kernel
def _remember(memory, place, requests, i, second, panes, delta, sheet):
    """Fold one request into an actor's slot."""
    slot = memory.slots[place]
    judged = delta[ASKED] + delta[TRAPS] > 0
    turn(memory, place, panes, 0)
    if delta[ASKED] > 0:
        slot.claim = requests.claim[i]
        if requests.bearing[i] > 0 or slot.engines > 0:
            bear(slot, np.int64(requests.bearing[i]), requests.handshake[i])
        _gap(slot, requests.at[i], delta)
        if requests.serial[i] >= 0:
            _step(memory, place, slot, requests.serial[i], requests.series[i], delta)
    look(memory, place, requests, i, second, panes, delta)
    add(memory, place, panes, delta)
    if judged:
        if slot.touched < 0:
            sheet.touched[sheet.state[TOUCHED]] = place
            sheet.state[TOUCHED] += 1
        slot.touched = i


@lean_kernel
def _today(memory, place, statistic):
    """Count what a slot holds of the last day."""
    counted = np.int64(memory.totals[place, DAYS, statistic])
    return counted + np.int64(memory.pending[place, statistic])


@lean_kernel
def _habits(memory, row, place):
    """Tell, in bits, what an actor did in this visit so far."""
    if place < 0:
        pages, calls, assets = np.int64(row.pages), np.int64(row.calls), np.int64(row.assets)
        previews = np.int64(row.taken) - np.int64(row.originals)
    else:
        pages, calls = _today(memory, place, PAGES), _today(memory, place, CALLS)
        assets = _today(memory, place, ASSETS)
        previews = _today(memory, place, TAKEN) - _today(memory, place, ORIGINALS)
    habits = (PAGED if pages > 0 else 0) | (CALLED if calls > 0 else 0)
    return habits | (DREW if assets > 0 else 0) | (PREVIEWED if previews > 0 else 0)


@lean_kernel
def _request(memory, requests, i, second, panes, delta, sheet):
    """Fold one request; tell what there was no room for (then nothing has changed)."""
    number = row_of(memory, requests.key[i], second)
    if number == 0:
        return ACTORS_FULL
    row = memory.rows[number - 1]
    refresh(row, second)
    place, silence = np.int64(row.slot) - 1, second - np.int64(row.last)
    due = delta[TRAPS] > 0 or (delta[ASKED] > 0 and row.asked + 1 >= PROMOTE)
    if place < 0 and due:
        place = promote(memory, number, second, panes) - 1
        if place < 0:
            return SLOTS_FULL
        welcome(sheet, row, requests.claim[i], requests.bearing[i], requests.cold[i])
    visit(row, second, delta)
    sheet.rank[i] = row.asked
    if place >= 0:
        _take_turns(memory.slots[place], requests.claim[i], silence, delta)
        _remember(memory, place, requests, i, second, panes, delta, sheet)
    if delta[ASKED] > 0:
        sheet.habits[i] = _habits(memory, row, place)
    return DONE


@lean_kernel
def fold(start, memory, requests, sheet):
    """Fold the requests from the *start*-th in order on; return where it stopped and why.

    A fold that stops early (no room) is called again from there once room has been made. After
    DONE every tick of the batch is closed.
    """
    panes, delta = sheet.panes, sheet.delta
    known = np.int64(-1)
    for number in range(start, len(requests.order)):
        i = requests.order[number]
        if requests.tick[i] != sheet.state[OPEN_TICK]:
            if sheet.state[LINES] + sheet.state[TOUCHED] > len(sheet.tick):
                return number, FRAME_FULL
            close_tick(memory, sheet)
            sheet.state[OPEN_TICK] = requests.tick[i]
        if number + AHEAD < len(requests.order):
            foresee(memory, requests, requests.order[number + AHEAD])
        if requests.key[i] == 0:
            sheet.rank[i] = 0
            continue
        second = requests.at[i] // 1000
        if second != known:
            known = second
            divide(second, panes, 0)
        for statistic in range(STATISTICS):
            delta[statistic] = sheet.marks[requests.code[i], statistic]
        stop = _request(memory, requests, i, second, panes, delta, sheet)
        if stop != DONE:
            return number, stop
    if sheet.state[LINES] + sheet.state[TOUCHED] > len(sheet.tick):
        return len(requests.order), FRAME_FULL
    close_tick(memory, sheet)
    sheet.state[OPEN_TICK] = NO_TICK
    return len(requests.order), DONE
