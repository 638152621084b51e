"""Read decimal numbers exactly, without floats: whole numbers, and times counted since 1970."""

from __future__ import annotations

from access.kernels.clf_time import BAD
from access.kernels.compiled import lean_kernel

_DIGITS = 18  # the most that surely fit in 63 bits


@lean_kernel
def decimal(buffer, start, stop):
    """Read `digits[.digits][e[±]digits]` filling [start, stop) as mantissa * 10**scale.

    Return (mantissa, scale), the mantissa cut to 18 digits; (BAD, 0) for anything else, negative
    numbers among it.
    """
    value, scale, kept, p, point = 0, 0, 0, start, -1
    while p < stop and (48 <= buffer[p] <= 57 or (buffer[p] == 46 and point < 0)):
        if buffer[p] == 46:
            point = p
        elif kept < _DIGITS:
            value = 10 * value + buffer[p] - 48
            kept += value > 0
            scale -= point >= 0
        else:
            scale += point < 0
        p += 1
    if start in (p, point) or point == p - 1:
        return BAD, 0
    if p < stop:
        power = _exponent(buffer, p, stop)
        return (BAD, 0) if power == BAD else (value, scale + power)
    return value, scale


@lean_kernel
def _exponent(buffer, p, stop):
    """Read `e[±]digits` filling [p, stop), at most three digits; BAD for anything else."""
    if buffer[p] | 32 != 101:
        return BAD
    p += 1
    negative = p < stop and buffer[p] == 45
    if p < stop and (buffer[p] == 45 or buffer[p] == 43):
        p += 1
    if p == stop or stop - p > 3:
        return BAD
    value = 0
    for i in range(p, stop):
        if buffer[i] < 48 or buffer[i] > 57:
            return BAD
        value = 10 * value + buffer[i] - 48
    return -value if negative else value


@lean_kernel
def scaled(value, scale):
    """Return floor(value * 10**scale), BAD where it may not fit in 63 bits; *value* >= 0."""
    if value == 0:
        return 0
    while scale > 0:
        if value >= 10**17:
            return BAD
        value, scale = 10 * value, scale - 1
    while scale < 0 and value > 0:
        value, scale = value // 10, scale + 1
    return value


@lean_kernel
def whole(buffer, start, stop):
    """Read the number filling [start, stop), cut to a whole one; BAD if it is none."""
    value, scale = decimal(buffer, start, stop)
    return BAD if value == BAD else scaled(value, scale)


@lean_kernel
def epoch(buffer, start, stop):
    """Read a time counted since 1970 as milliseconds; its size tells s, ms, us or ns; or BAD.

    Up to 11 digits before the point are seconds (until the year 5138), up to 14 milliseconds
    (from 1973 on), up to 17 microseconds, up to 20 nanoseconds.
    """
    value, scale = decimal(buffer, start, stop)
    if value == BAD:
        return BAD
    rest, digits = value, scale
    while rest > 0:
        rest, digits = rest // 10, digits + 1
    if digits <= 11:
        return scaled(value, scale + 3)
    if digits <= 14:
        return scaled(value, scale)
    if digits <= 17:
        return scaled(value, scale - 3)
    return scaled(value, scale - 6) if digits <= 20 else BAD
