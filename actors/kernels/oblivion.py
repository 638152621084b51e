"""Put the rows that are kept back into the index."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel
from access.kernels.hashing import mix


@kernel
def reindex(index, rows, used, seed):
    """Fill the emptied index for `rows[:used]`."""
    mask = np.uint64(len(index) - 1)
    for number in range(used):
        place = mix(rows[number].key ^ seed) & mask
        while index[place] != 0:
            place = (place + np.uint64(1)) & mask
        index[place] = number + 1
