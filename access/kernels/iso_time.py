"""Read ISO 8601 times, `2026-11-23T22:24:26.934Z`, as milliseconds since 1970 UTC."""

from __future__ import annotations

from access.kernels.clf_time import BAD, days, digits
from access.kernels.compiled import lean_kernel

UTC_WIDTH = 19  # bytes of a day, one byte and a clock
NO_ZONE = BAD + 1  # a good date and clock of nobody knows where
_DAY = 86_400_000  # milliseconds


@lean_kernel
def date(buffer, p):
    """Read the 10 bytes `2026-11-23` at *p* as milliseconds since 1970, or BAD."""
    year = digits(buffer, p, 4, 1970, 9999)
    month = digits(buffer, p + 5, 2, 1, 12)
    day = digits(buffer, p + 8, 2, 1, 31)
    if year < 0 or month < 0 or day < 0 or buffer[p + 4] != 45 or buffer[p + 7] != 45:
        return BAD
    count = days(year, month, day)
    return BAD if count == BAD else count * _DAY


@lean_kernel
def clock(buffer, p):
    """Read the 8 bytes `22:24:26` at *p* as milliseconds since midnight, or BAD."""
    hour = digits(buffer, p, 2, 0, 23)
    minute = digits(buffer, p + 3, 2, 0, 59)
    second = digits(buffer, p + 6, 2, 0, 59)
    if hour < 0 or minute < 0 or second < 0 or buffer[p + 2] != 58 or buffer[p + 5] != 58:
        return BAD
    return (hour * 3600 + minute * 60 + second) * 1000


@lean_kernel
def utc(buffer, p):
    """Read the 19 bytes of a day, a tab and a clock, which are in UTC; ms since 1970 or BAD."""
    if buffer[p + 10] != 9:
        return BAD
    day, at = date(buffer, p), clock(buffer, p + 11)
    return BAD if BAD in (day, at) else day + at


@lean_kernel
def _zone(buffer, p, stop):
    """Read `Z`, `+hh`, `+hhmm` or `+hh:mm` filling [p, stop) as milliseconds, NO_ZONE or BAD."""
    if p == stop:
        return NO_ZONE
    if stop - p == 1:
        return 0 if buffer[p] | 32 == 122 else BAD
    sign = 1 if buffer[p] == 43 else -1
    if (sign < 0 and buffer[p] != 45) or stop - p < 3:
        return BAD
    hours, minutes = digits(buffer, p + 1, 2, 0, 23), 0
    colon = stop - p == 6 and buffer[p + 3] == 58
    if stop - p == 5 or colon:
        minutes = digits(buffer, p + 3 + colon, 2, 0, 59)
    elif stop - p != 3:
        return BAD
    return BAD if hours < 0 or minutes < 0 else sign * (60 * hours + minutes) * 60_000


@lean_kernel
def iso(buffer, start, stop):
    """Read `date`, T, t or blank, `clock[.fraction][zone]` filling [start, stop).

    Return milliseconds since 1970 UTC, finer fractions cut; NO_ZONE without a zone; else BAD. A
    blank may stand before the zone, a comma for the point.
    """
    if stop - start < 19 or (buffer[start + 10] | 32 != 116 and buffer[start + 10] != 32):
        return BAD
    day, at = date(buffer, start), clock(buffer, start + 11)
    if BAD in (day, at):
        return BAD
    p, unit = start + 19, 100
    if p < stop and (buffer[p] == 46 or buffer[p] == 44):
        p += 1
        if p == stop or buffer[p] < 48 or buffer[p] > 57:
            return BAD
        while p < stop and 48 <= buffer[p] <= 57:
            at, unit, p = at + unit * (buffer[p] - 48), unit // 10, p + 1
    if stop - p > 1 and buffer[p] == 32:
        p += 1
    zone = _zone(buffer, p, stop)
    return zone if zone <= NO_ZONE else day + at - zone
