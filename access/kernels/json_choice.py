"""Choose, among the values one JSON line gave for a meaning, the first that says something."""

from __future__ import annotations

from access.aliases import RANKS, Meaning
from access.kernels.clf_time import BAD, WIDTH, clf
from access.kernels.compiled import lean_kernel
from access.kernels.decimal import epoch
from access.kernels.iso_time import NO_ZONE, clock, date, iso
from access.kernels.json_text import ESCAPED, LIST, blanks, end_of_text
from access.kernels.json_unescape import unescape

_FORWARDED, _TIME, _DATE = int(Meaning.FORWARDED), int(Meaning.TIME), int(Meaning.DATE)
_REFERER, _AGENT = int(Meaning.REFERER), int(Meaning.AGENT)
NOT_THERE = BAD + 2  # no time at all


@lean_kernel
def choose(buffer, values, seen, meaning, free):
    """Return (start, stop, free) of the best ranked text of *meaning*; equal where it is absent.

    Absent are "", "-" and empty lists. What had to be unescaped stands from the old *free* on. The
    quotes of the log line count for nothing where Logstash left them around a Referer or agent.
    """
    left, slot = seen[meaning], meaning * RANKS
    while left:
        if left & 1:
            start, stop, after = _text(buffer, values, slot, free)
            if stop - start > 1 or (stop - start == 1 and buffer[start] != 45):
                return start, stop, after
        left, slot = left >> 1, slot + 1
    return free, free, free


@lean_kernel
def _text(buffer, values, slot, free):
    start, stop, kind = values[slot, 0], values[slot, 1], values[slot, 2]
    if kind == LIST:
        return _listed(buffer, start + 1, stop, slot // RANKS == _FORWARDED, free)
    if kind != ESCAPED:
        return start, stop, free
    after = unescape(buffer, start, stop, free)
    if slot // RANKS == _REFERER or slot // RANKS == _AGENT:
        shut = after - free > 1 and buffer[free] == 34 and buffer[after - 1] == 34
        return free + shut, after - shut, after
    return free, after, after


@lean_kernel
def _listed(buffer, p, stop, joined, free):
    """Take the first text of a list, or all of its leading texts *joined* with ", "."""
    start, first = free, True
    p = blanks(buffer, p, stop)
    while buffer[p] == 34:
        end, kind = end_of_text(buffer, p + 1, stop)
        behind = blanks(buffer, end + 1, stop)
        last = not joined or buffer[behind] != 44
        if first and last and kind != ESCAPED:
            return p + 1, end, free
        if not first:
            buffer[free], buffer[free + 1] = 44, 32
            free += 2
        free = unescape(buffer, p + 1, end, free)
        if last:
            break
        p, first = blanks(buffer, behind + 1, stop), False
    return start, free, free


@lean_kernel
def moment(buffer, values, seen, free):
    """Return (ms since 1970 or NOT_THERE, NO_ZONE, BAD; where) of the best ranked readable time.

    Where none can be read, what is wrong with the best ranked one. Bytes from *free* are scratch.
    A count of zero is no time: OpenTelemetry's protocol says so.
    """
    worst, where = NOT_THERE, 0
    left, slot = seen[_TIME], _TIME * RANKS
    while left:
        if left & 1:
            start, stop, _ = _text(buffer, values, slot, free)
            if stop - start > 1 or (stop - start == 1 and buffer[start] not in (45, 48)):
                at = _instant(buffer, start, stop, values, seen)
                if at >= 0:
                    return at, 0
                if worst == NOT_THERE:
                    worst, where = NO_ZONE if at == NO_ZONE else BAD, values[slot, 0]
        left, slot = left >> 1, slot + 1
    return worst, where


@lean_kernel
def _instant(buffer, start, stop, values, seen):
    """Read one time, whichever way it is written; negative where it can't be or is before 1970."""
    if buffer[start] == 91 and buffer[stop - 1] == 93:
        start, stop = start + 1, stop - 1
    width = stop - start
    if width == 8 and buffer[start + 2] == 58:
        return _on_date(buffer, start, values, seen)
    if width >= 20 and buffer[start + 2] == 47:
        return clf(buffer, start) if width == WIDTH else NO_ZONE
    if width >= 19 and buffer[start + 4] == 45:
        return iso(buffer, start, stop)
    return epoch(buffer, start, stop)


@lean_kernel
def _on_date(buffer, start, values, seen):
    """Join a bare clock with the date beside it; both are UTC (CloudFront, standard logs)."""
    slot = _DATE * RANKS  # there is but one name for it
    if seen[_DATE] == 0:
        return NO_ZONE
    if values[slot, 1] - values[slot, 0] != 10:
        return BAD
    day, at = date(buffer, values[slot, 0]), clock(buffer, start)
    return BAD if BAD in (day, at) else day + at
