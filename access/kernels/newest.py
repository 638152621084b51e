"""Tell, line by line, the newest time that can be believed."""

from __future__ import annotations

from access.kernels.compiled import lean_kernel

# Places in `clock`: the newest time believed; how many lines spoke for it (up to two); how many
# lines in a row leapt away from it last, and the oldest time of those.
NEWEST, CONFIRMED, LEAPS, OLDEST = range(4)


@lean_kernel
def follow_newest(at, leap, confirmations, clock, newest):
    """Write into *newest* (rows,) the newest believed time as of each line, all in milliseconds.

    A line more than *leap* ahead is believed once *confirmations* lines in a row were, and then
    only the oldest of them. So is a line as far behind, while a single line is all that speaks for
    the newest time: the first line of an input may have been the wrong one.
    """
    for i in range(len(at)):
        distance = at[i] - clock[NEWEST]
        if -leap <= distance <= leap:
            clock[CONFIRMED], clock[LEAPS] = min(clock[CONFIRMED] + 1, 2), 0
            clock[NEWEST] = max(clock[NEWEST], at[i])
        elif distance > leap or clock[CONFIRMED] < 2:
            clock[OLDEST] = min(clock[OLDEST], at[i]) if clock[LEAPS] > 0 else at[i]
            clock[LEAPS] += 1
            if clock[LEAPS] >= confirmations:
                clock[NEWEST], clock[CONFIRMED], clock[LEAPS] = clock[OLDEST], 2, 0
        newest[i] = clock[NEWEST]
