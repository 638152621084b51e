"""Keep the first pictures that each newcomer asks for, until there are enough to compare."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.hashing import mix

FIRST = 8  # pictures that make a start
KEPT = 3600  # seconds after which a start that came no further makes room


class Places(NamedTuple):
    """Starts that are not complete yet: an address has one place, found by its hash."""

    key: np.ndarray  # uint64 (places,), 0 = free
    seen: np.ndarray  # int64 (places,), second of its last picture
    taken: np.ndarray  # uint8 (places,), pictures so far
    steps: np.ndarray  # STEP (places, FIRST)


@lean_kernel
def _free(places, place, key, second):
    """Tell whether a newcomer may have a place."""
    held = places.key[place]
    return held == np.uint64(0) or held == key or second - places.seen[place] > KEPT


@lean_kernel
def note_starts(order, rank, key, second, steps, places, seed, who, done):
    """Go through the rows named in *order*; write down the starts that they complete.

    *rank*, *key*, *second* are of the rows (rows,), *steps* what is kept of each. Starts go to
    *who* (starts,) and *done* (starts, FIRST), which have room for all; returns how many there are.
    """
    found = 0
    for number in range(len(order)):
        i = order[number]
        place = np.int64(mix(key[i] ^ seed) & np.uint64(len(places.key) - 1))
        turn = np.int64(rank[i]) - 1
        if turn == 0 and _free(places, place, key[i], second[i]):
            places.key[place] = key[i]
        elif places.key[place] != key[i] or np.int64(places.taken[place]) != turn:
            continue
        places.steps[place, turn] = steps[number]
        places.seen[place], places.taken[place] = second[i], turn + 1
        if turn + 1 == FIRST:
            who[found] = key[i]
            for step in range(FIRST):
                done[found, step] = places.steps[place, step]
            places.key[place] = np.uint64(0)
            found += 1
    return found
