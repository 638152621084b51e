"""Count the distinct things that an actor saw: pictures, owners, traps, browsers, members."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.hashing import mix
from access.kernels.prefetch import prefetch
from actors.kernels.depths import deepen
from actors.kernels.panes import move
from actors.kernels.shapes import (
    AGENTS,
    ASKED,
    ASSETS,
    BARE,
    BROWSERS,
    COLD,
    GALLERIES,
    MEMBERS,
    ORIGINALS,
    OWNERS,
    PAGE_LEADS,
    PAGES,
    PICTURES,
    TAKEN,
    TRAPS,
    VISIT,
)
from actors.kernels.sights import NEVER, bucket_of, last_sight


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
def foresee(memory, requests, i):
    """Fetch what row *i* will need: its actor's place in the table, its picture's bucket."""
    key, thing = requests.key[i], requests.picture[i]
    if key != 0:
        place = mix(key ^ memory.seed) & np.uint64(len(memory.table) - 1)
        prefetch(memory.table, np.int64(place))
        if thing != 0:
            prefetch(memory.sights, bucket_of(memory.sights, _pair(memory, key, PICTURES, thing)))


@lean_kernel
def _browser(memory, place, requests, i, second, panes, delta):
    """Count a session once; without one, each time that one asset, the anchor, came whole.

    A browser loads an asset once and keeps it, so whole deliveries of one asset are about as many
    browsers. An anchor that nobody loaded for a day may be gone: the next asset takes its place.
    """
    key, session, asset = requests.key[i], requests.session[i], requests.picture[i]
    if session != 0:
        _see(memory, place, key, panes, second, BROWSERS, session, delta)
    elif delta[ASSETS] > 0 and asset != 0:
        slot = memory.slots[place]
        if second - np.int64(slot.anchored) > VISIT:
            slot.anchor = asset
        if slot.anchor == asset:
            slot.anchored = max(np.int64(slot.anchored), second)
            delta[BROWSERS] = 1


@lean_kernel
def look(memory, place, requests, i, second, panes, delta):
    """Count the distinct things of one request, and whether an original came unannounced."""
    key, picture, owner = requests.key[i], requests.picture[i], requests.owner[i]
    member, agent = requests.member[i], requests.agent[i]
    if delta[TAKEN] > 0 and picture != 0:
        before = _see(memory, place, key, panes, second, PICTURES, picture, delta)
        page = np.int64(memory.rows[memory.slots[place].row - 1].page)
        if delta[ORIGINALS] > 0 and before == NEVER and second - page > PAGE_LEADS:
            delta[BARE] = 1
        if delta[ORIGINALS] > 0 and before == NEVER and requests.most[i] > 0:
            gallery = _pair(memory, key, GALLERIES, owner)
            delta[GALLERIES] = 1 if deepen(memory.depths, gallery, second, requests.most[i]) else 0
        if before == NEVER and requests.cold[i] > 0:
            delta[COLD] = 1
    if delta[TAKEN] > 0 and owner != 0:
        _see(memory, place, key, panes, second, OWNERS, owner, delta)
    if delta[ASKED] > 0 and member != 0:
        _see(memory, place, key, panes, second, MEMBERS, member, delta)
    if delta[PAGES] + delta[ASSETS] > 0 and agent != 0:
        _see(memory, place, key, panes, second, AGENTS, agent, delta)
        _browser(memory, place, requests, i, second, panes, delta)
    if delta[TRAPS] > 0:
        delta[TRAPS] = 0
        _see(memory, place, key, panes, second, TRAPS, picture, delta)
