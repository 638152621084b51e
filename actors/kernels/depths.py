"""Remember how many pictures of a gallery each actor was given, in a table of fixed size.

One 8-byte entry per (actor, owner): 30 bits tell the pair, 20 bits the minute of its last new
picture, 14 bits how many there were. Buckets are those of `actors.kernels.sights`.
"""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from actors.features import DAY, MINUTE
from actors.kernels.sights import WAYS, bucket_of

COUNT_BITS, TIME_BITS = np.uint64(14), np.uint64(20)  # a minute, modulo two years
COUNT_MASK = np.uint64((1 << 14) - 1)
TIME_MASK = np.uint64((1 << 20) - 1)
HALF = np.uint64(1 << 19)
TAG_SHIFT = COUNT_BITS + TIME_BITS
WHOLE_DAY = np.uint64(DAY // MINUTE)
DEEPEST = (1 << 14) - 2  # pictures; no gallery is counted further


@lean_kernel
def deepen(depths, pair, second, most):
    """Count one more picture of *pair* (a mixed 64-bit hash); tell whether that makes it *most*.

    After a day without a new one it is counted from one again.
    """
    base = bucket_of(depths, pair)
    tag, minute = (pair >> TAG_SHIFT) | np.uint64(1), np.uint64(second // MINUTE) & TIME_MASK
    place, longest = base, np.uint64(0)
    latest, count = minute, np.uint64(0)
    for way in range(base, base + WAYS):
        known = depths[way]
        if known == np.uint64(0):
            place = way
            break
        last = (known >> COUNT_BITS) & TIME_MASK
        ago = (minute - last) & TIME_MASK
        if known >> TAG_SHIFT == tag:
            place = way
            if ago >= HALF:
                latest = last
            if ago >= HALF or ago <= WHOLE_DAY:
                count = known & COUNT_MASK
            break
        if ago < HALF and ago >= longest:
            place, longest = way, ago
    if count < COUNT_MASK:
        count += np.uint64(1)
    depths[place] = (tag << TAG_SHIFT) | (latest << COUNT_BITS) | count
    return count == np.uint64(most)
