"""Remember who saw what and when last, for everybody at once, in a table of fixed size.

One 8-byte entry per (actor, thing): 36 bits tell the pair, 28 bits its last time in seconds. A
bucket is one cache line of eight entries; when it is full the pair that was seen longest ago is
forgotten (and would count as new again).
"""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel

WAYS = 8  # entries per bucket: 64 bytes, one cache line
TIME_BITS = np.uint64(28)  # seconds, modulo 8.5 years: far more than the longest window
TIME_MASK = np.uint64((1 << 28) - 1)
HALF = np.uint64(1 << 27)
NEVER = np.int64(-1)


@lean_kernel
def bucket_of(sights, pair):
    """Say where the bucket of *pair* begins."""
    return np.int64(pair & np.uint64(len(sights) // WAYS - 1)) * WAYS


@lean_kernel
def last_sight(sights, pair, at):
    """Note that *pair* (a mixed 64-bit hash) was seen at second *at*; tell when it was before.

    Returns NEVER for a new pair. The time kept is the latest one, whatever the order of arrival.
    """
    base = bucket_of(sights, pair)
    tag = (pair >> TIME_BITS) | np.uint64(1)
    entry = (tag << TIME_BITS) | (np.uint64(at) & TIME_MASK)
    place, longest = base, np.uint64(0)
    for way in range(base, base + WAYS):
        known = sights[way]
        if known == np.uint64(0):
            sights[way] = entry
            return NEVER
        ago = (np.uint64(at) - known) & TIME_MASK
        if known >> TIME_BITS == tag:
            if ago < HALF:
                sights[way] = entry
                return at - np.int64(ago)
            return at + np.int64(TIME_MASK + np.uint64(1) - ago)
        if ago < HALF and ago >= longest:
            place, longest = way, ago
    sights[place] = entry
    return NEVER
