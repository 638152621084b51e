"""Fold what headers show of a client into its slot: how often in a row, under how many engines."""

from __future__ import annotations

import numpy as np

from access.bearing import ENGINE, Bearing
from access.kernels.compiled import lean_kernel

LONGEST = 255  # pictures in a row
FETCHED, UNFETCHED = int(Bearing.FETCHED), int(Bearing.UNFETCHED)
PICTURED, UNPICTURED = int(Bearing.PICTURED), int(Bearing.UNPICTURED)
AGREED, CONTRADICTED = int(Bearing.AGREED), int(Bearing.CONTRADICTED)
# Places in a slot's `engines`: bit e for Engine e, then what the last picture's signature was.
SIGNATURES = 5
SIGNED = int(Bearing.SIGNED).bit_length() - 1


@lean_kernel
def _run(run, bearing, odd, usual):
    """Go on with a run of what is odd; what is usual ends it, and what tells neither does not."""
    if bearing & odd:
        return min(np.int64(run) + 1, LONGEST)
    return 0 if bearing & usual else np.int64(run)


@lean_kernel
def bear(slot, bearing, handshake):
    """Fold the bearing of one request for a picture."""
    slot.unfetched = _run(slot.unfetched, bearing, UNFETCHED, FETCHED)
    slot.unpictured = _run(slot.unpictured, bearing, UNPICTURED, PICTURED)
    slot.contradicted = _run(slot.contradicted, bearing, CONTRADICTED, AGREED)
    engines = np.int64(slot.engines) & ((1 << SIGNATURES) - 1)
    if handshake != np.uint64(0):
        if slot.handshake != handshake:
            slot.handshake, engines = handshake, 0
        engines |= 1 << (bearing >> ENGINE)
    slot.engines = engines | ((bearing >> SIGNED) & 3) << SIGNATURES


@lean_kernel
def engines_of(slot):
    """Count the engines and libraries claimed over one handshake; what is unknown is none."""
    held, count = np.int64(slot.engines) >> 1, 0
    for engine in range(SIGNATURES - 1):
        count += held >> engine & 1
    return count
