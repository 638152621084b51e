"""Fold requests into memory, row by row, and write down who did what at the end of each tick."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.hashing import mix
from access.kernels.prefetch import prefetch
from actors.kernels.frames import close_tick, welcome
from actors.kernels.memory import add, divide, move, promote, refresh, row_of, turn, visit
from actors.kernels.shapes import (
    ACTORS_FULL,
    AGENTS,
    ASKED,
    ASSETS,
    BARE,
    DONE,
    FRAME_FULL,
    GAP_SQUARES,
    GAP_SUM,
    GAPS,
    LINES,
    LONGEST_GAP,
    MEMBERS,
    NO_TICK,
    NUMBERED,
    OPEN_TICK,
    ORIGINALS,
    OWNERS,
    PAGE_LEADS,
    PAGES,
    PICTURES,
    PROMOTE,
    REACH,
    RECENT,
    SLOTS_FULL,
    STATISTICS,
    STEPS,
    TAKEN,
    TOUCHED,
    TRAPS,
)
from actors.kernels.sights import NEVER, bucket_of, last_sight

AHEAD = 8  # rows: far enough for memory to answer, near enough not to be pushed out again


@lean_kernel
def _pair(memory, key, statistic, thing):
    """Mix an actor and a thing of one kind into one 64-bit number."""
    salt = memory.seed + np.uint64(statistic) * np.uint64(0xC2B2AE3D27D4EB4F)
    return mix((key ^ salt) * np.uint64(0x9E3779B185EBCA87) + thing)


@lean_kernel
def _see(memory, place, key, panes, second, statistic, thing, delta):
    """Count *thing* among the distinct ones; tell when it was seen before (NEVER = new)."""
    before = last_sight(memory.sights, _pair(memory, key, statistic, thing), second)
    if before == NEVER:
        delta[statistic] = 1
    else:
        move(memory, place, panes, statistic, before)
    return before


@lean_kernel
def _foresee(memory, requests, i):
    """Fetch what row *i* will need: its actor's place in the index, its picture's bucket."""
    key, thing = requests.key[i], requests.picture[i]
    if key != 0:
        place = mix(key ^ memory.seed) & np.uint64(len(memory.index) - 1)
        prefetch(memory.index, np.int64(place))
        if thing != 0:
            prefetch(memory.sights, bucket_of(memory.sights, _pair(memory, key, PICTURES, thing)))


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
def _look(memory, place, requests, i, second, panes, delta):
    """Count the distinct things of one request, and whether an original came unannounced."""
    key, picture, owner = requests.key[i], requests.picture[i], requests.owner[i]
    member, agent = requests.member[i], requests.agent[i]
    if delta[TAKEN] > 0 and picture != 0:
        before = _see(memory, place, key, panes, second, PICTURES, picture, delta)
        page = np.int64(memory.rows[memory.slots[place].row - 1].page)
        if delta[ORIGINALS] > 0 and before == NEVER and second - page > PAGE_LEADS:
            delta[BARE] = 1
    if delta[TAKEN] > 0 and owner != 0:
        _see(memory, place, key, panes, second, OWNERS, owner, delta)
    if delta[ASKED] > 0 and member != 0:
        _see(memory, place, key, panes, second, MEMBERS, member, delta)
    if delta[PAGES] + delta[ASSETS] > 0 and agent != 0:
        _see(memory, place, key, panes, second, AGENTS, agent, delta)


@lean_kernel
def _remember(memory, place, requests, i, second, panes, delta, sheet):
    """Fold one request into an actor's slot."""
    slot = memory.slots[place]
    turn(memory, place, panes, 0)
    if delta[ASKED] > 0:
        slot.claim = requests.claim[i]
        _gap(slot, requests.at[i], delta)
        if requests.serial[i] >= 0:
            _step(memory, place, slot, requests.serial[i], requests.series[i], delta)
    _look(memory, place, requests, i, second, panes, delta)
    add(memory, place, panes, delta)
    if delta[ASKED] + delta[TRAPS] > 0:
        if slot.touched < 0:
            sheet.touched[sheet.state[TOUCHED]] = place
            sheet.state[TOUCHED] += 1
        slot.touched = i


@lean_kernel
def _request(memory, requests, i, second, panes, delta, sheet):
    """Fold one request; tell what there was no room for (then nothing has changed)."""
    number = row_of(memory, requests.key[i], second)
    if number == 0:
        return ACTORS_FULL
    row = memory.rows[number - 1]
    refresh(row, second)
    place = np.int64(row.slot) - 1
    due = delta[TRAPS] > 0 or (delta[ASKED] > 0 and row.asked + 1 >= PROMOTE)
    if place < 0 and due:
        place = promote(memory, number, second, panes) - 1
        if place < 0:
            return SLOTS_FULL
        welcome(sheet, row, second)
    visit(row, second, delta)
    sheet.rank[i] = row.asked
    if place >= 0:
        _remember(memory, place, requests, i, second, panes, delta, sheet)
    return DONE


@lean_kernel
def fold(start, memory, requests, sheet):
    """Fold the requests from row *start* on; return where it stopped and why.

    A fold that stops early (no room) is called again from there once room has been made. After
    DONE every tick of the batch is closed.
    """
    panes, delta = sheet.panes, sheet.delta
    known = np.int64(-1)
    for i in range(start, len(requests.at)):
        if requests.tick[i] != sheet.state[OPEN_TICK]:
            if sheet.state[LINES] + sheet.state[TOUCHED] > len(sheet.tick):
                return i, FRAME_FULL
            close_tick(memory, sheet)
            sheet.state[OPEN_TICK] = requests.tick[i]
        if i + AHEAD < len(requests.at):
            _foresee(memory, requests, i + AHEAD)
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
            return i, stop
    if sheet.state[LINES] + sheet.state[TOUCHED] > len(sheet.tick):
        return len(requests.at), FRAME_FULL
    close_tick(memory, sheet)
    sheet.state[OPEN_TICK] = NO_TICK
    return len(requests.at), DONE
