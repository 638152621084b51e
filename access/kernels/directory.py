"""Find hashes in a long sorted list: the first bits of a hash say where to look."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel


@lean_kernel
def find_hashes(known, starts, shift, wanted, at):
    """Write where each of *wanted* first stands in *known* (sorted), -1 where it does not.

    `starts[b]` is where the hashes whose first bits are b begin: about one of them each.
    """
    for i in range(len(wanted)):
        hash_ = wanted[i]
        at[i] = -1
        if hash_ == np.uint64(0):
            continue
        bucket = np.int64(hash_ >> shift)
        k, end = starts[bucket], starts[bucket + 1]
        while k < end and known[k] < hash_:
            k += 1
        if k < end and known[k] == hash_:
            at[i] = k
