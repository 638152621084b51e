"""Tell which pictures are cold, minute by minute, by Bloom filters of whole days."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.hashing import mix
from actors import features

MINUTES = features.DAY // features.MINUTE  # of a day
DAYS = 3  # the running one and two whole ones: what was given 48 to 72 hours ago is forgotten
BITS = 1 << 24  # of a day: a million pictures fill a fifth, and 0.2 % of cold ones look warm
PROBES = 4  # of each picture


@lean_kernel
def _keep(filters, days, picture, day):
    """Note that a picture was given on a *day*; the filter of three days before is wiped."""
    which = day % DAYS
    if days[which] < day:
        for word in range(BITS // 64):
            filters[which, word] = 0
        days[which] = day
    if days[which] == day:
        spread = mix(np.uint64(picture) + np.uint64(1))
        step = (spread >> np.uint64(32)) | np.uint64(1)
        for _ in range(PROBES):
            bit = spread & np.uint64(BITS - 1)
            filters[which, bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))
            spread += step


@lean_kernel
def _held(filters, picture, which):
    """Tell whether one day's filter holds a picture."""
    spread = mix(np.uint64(picture) + np.uint64(1))
    step = (spread >> np.uint64(32)) | np.uint64(1)
    for _ in range(PROBES):
        bit = spread & np.uint64(BITS - 1)
        if (filters[which, bit >> np.uint64(6)] >> (bit & np.uint64(63))) & np.uint64(1) == 0:
            return False
        spread += step
    return True


@lean_kernel
def tell_cold(order, known, picture, given_minute, given_picture, filters, days, cold):
    """Clear *cold* (rows,) of pictures that were given to somebody; return how many were noted.

    Rows are gone through in *order*, which rises with *known* (rows,): the last minute that is
    known when a row is judged. What was given, by rising minute, is noted as it becomes known.
    """
    noted = np.int64(0)
    for number in range(len(order)):
        i = order[number]
        while noted < len(given_minute) and given_minute[noted] <= known[i]:
            _keep(filters, days, given_picture[noted], given_minute[noted] // MINUTES)
            noted += 1
        today = known[i] // MINUTES
        for which in range(DAYS):
            if cold[i] > 0 and today - DAYS < days[which] <= today:
                cold[i] = 0 if _held(filters, picture[i], which) else 1
    return noted


@lean_kernel
def tell_new(minute, picture, filters, days, new):
    """Tell into *new* (rows,) which pictures the filter of their own day does not hold."""
    for i in range(len(minute)):
        day = minute[i] // MINUTES
        which = day % DAYS
        new[i] = 0 if days[which] == day and _held(filters, picture[i], which) else 1
