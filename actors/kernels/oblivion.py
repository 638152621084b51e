"""Put the rows that are kept back into the table."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel
from access.kernels.hashing import mix


@kernel
def refill(table, rows, used, seed):
    """Fill the emptied table for `rows[:used]`."""
    mask = np.uint64(len(table) - 1)
    for number in range(used):
        place = mix(rows[number].key ^ seed) & mask
        while table[place] != 0:
            place = (place + np.uint64(1)) & mask
        table[place] = number + 1
