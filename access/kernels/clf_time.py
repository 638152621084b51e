"""Read the time of an access log, `23/Nov/2026:22:24:26 +0000`, to milliseconds since 1970."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel

BAD = -(1 << 62)  # no time at all; smaller than any time a log can name
WIDTH, MS_WIDTH = 26, 24  # bytes of such a time, and of one with milliseconds and without a zone
MONTHS = np.frombuffer(b"JanFebMarAprMayJunJulAugSepOctNovDec", np.uint8).reshape(12, 3).copy()


@lean_kernel
def digits(buffer, p, width, least, most):
    """Read exactly *width* digits at *p*; BAD where one is missing or the number is too far off."""
    value = 0
    for i in range(p, p + width):
        c = buffer[i]
        if c < 48 or c > 57:
            return BAD
        value = value * 10 + np.int64(c) - 48
    return value if least <= value <= most else BAD


@lean_kernel
def _month(buffer, p):
    a, b, c = buffer[p], buffer[p + 1], buffer[p + 2]
    for i in range(12):
        if c == MONTHS[i, 2] and b == MONTHS[i, 1] and a == MONTHS[i, 0]:
            return i + 1
    return BAD


@lean_kernel
def days(year, month, day):
    """Count the days since 1970-01-01, BAD where the calendar has no such day.

    Formula: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    """
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = 30 + (month + month // 8) % 2
    if month == 2:
        longest = 29 if leap else 28
    if day > longest:
        return BAD
    march_year = year - 1 if month <= 2 else year
    march_day = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    leaps = march_year // 4 - march_year // 100 + march_year // 400
    return march_year * 365 + leaps + march_day - 719468


@lean_kernel
def _zone(buffer, p):
    sign = 1 if buffer[p] == 43 else -1
    if buffer[p] != 43 and buffer[p] != 45:
        return BAD
    hours, minutes = digits(buffer, p + 1, 2, 0, 23), digits(buffer, p + 3, 2, 0, 59)
    if hours < 0 or minutes < 0:
        return BAD
    return sign * (hours * 60 + minutes)


@lean_kernel
def _local(buffer, p):
    """Read the 20 bytes `23/Nov/2026:22:24:26` at *p* as ms since 1970 of its own zone, or BAD."""
    if buffer[p + 2] != 47 or buffer[p + 6] != 47 or buffer[p + 11] != 58:
        return BAD
    if buffer[p + 14] != 58 or buffer[p + 17] != 58:
        return BAD
    month = _month(buffer, p + 3)
    day, year = digits(buffer, p, 2, 1, 31), digits(buffer, p + 7, 4, 1, 9999)
    hour, minute = digits(buffer, p + 12, 2, 0, 23), digits(buffer, p + 15, 2, 0, 59)
    second = digits(buffer, p + 18, 2, 0, 59)
    if month < 0 or day < 0 or year < 0 or hour < 0 or minute < 0 or second < 0:
        return BAD
    date = days(year, month, day)
    if date == BAD:
        return BAD
    return ((date * 24 + hour) * 60 + minute) * 60000 + second * 1000


@lean_kernel
def clf(buffer, p):
    """Read the 26 bytes at *p*; ms since 1970 UTC, or BAD when one of them is not as it should be.

    The zone is required and honoured: a local time without one could be any of 24 hours.
    """
    if buffer[p + 20] != 32:
        return BAD
    at, zone = _local(buffer, p), _zone(buffer, p + 21)
    return BAD if BAD in (at, zone) else at - zone * 60000


@lean_kernel
def clf_ms(buffer, p):
    """Read the 24 bytes `23/Nov/2026:22:24:26.934` at *p*, taken for UTC; ms since 1970 or BAD."""
    if buffer[p + 20] != 46:
        return BAD
    at, fraction = _local(buffer, p), digits(buffer, p + 21, 3, 0, 999)
    return BAD if BAD in (at, fraction) else at + fraction
