"""Note which quiet visitors were given which pictures, each (network, picture) once a day."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel, lean_kernel
from access.kernels.hashing import mix
from actors import features
from actors.kernels.sights import NEVER, last_sight

DAY = features.DAY
NEW, AGAIN, ELSEWHERE = 1, 2, 4  # see actors.pairs.Noted
PICTURE, VISITOR, OWNER = np.uint64(1), np.uint64(2), np.uint64(3)  # kinds of sight
P = np.uint64(0x9E3779B185EBCA87)


@lean_kernel
def _known(sights, kind, who, what, second):
    """Note that somebody met something; tell whether it was so within the last day already."""
    before = last_sight(sights, mix(mix(who ^ kind) * P + what), second)
    return before != NEVER and second - before < DAY


@lean_kernel
def note_pairs(order, at, address, network, picture, owner, sights, seed, flags):
    """Go through the rows named in *order*; write into *flags* (rows,) what is new of each."""
    for number in range(len(order)):
        i = order[number]
        second = at[i] // 1000
        if _known(sights, PICTURE, network[i] ^ seed, picture[i], second):
            continue
        who = address[i] ^ seed
        again = _known(sights, VISITOR, who, np.uint64(0), second)
        strange = owner[i] == 0 or not _known(sights, OWNER, who, owner[i], second)
        flags[i] = NEW | (AGAIN if again else 0) | (ELSEWHERE if again and strange else 0)


@kernel
def mixed(keys):
    """Spread the bits of each number over all 64."""
    spread = np.empty_like(keys)
    for i in range(len(keys)):
        spread[i] = mix(keys[i])
    return spread
