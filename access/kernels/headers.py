"""Step over what container engines and syslog write in front of a line.

Containers (CRI): `2026-11-23T22:24:26.9Z stdout F `. Syslog: `<13>Nov 23 22:24:26 host nginx: `;
the `<13>` and the host may lack, and the time be ISO 8601. Or `<13>1 time host app pid id - ` of
RFC 5424. What the parts of a cut line said is not known here: they are refused, all but the last,
which a container engine marks as a whole one.
"""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel, lean_kernel
from access.kernels.letters import is_digit, is_letter
from access.kernels.split import LONG, MARK, MARK_BITS, MARK_BYTES

NONE, PARTIAL = -1, -2
MOST = 2  # headers in front of a line: that of a container may stand before one of syslog
# Bytes 4 and 7 of an ISO 8601 date, and 3 and 6 of `Nov 23`, with the bits that tell.
DATED, DATED_BITS = np.uint64(0x2D00002D00000000), np.uint64(0xFF0000FF00000000)
NAMED, NAMED_BITS = np.uint64(0x0020000020000000), np.uint64(0x00FF0000FF000000)


@lean_kernel
def _behind_word(buffer, p, stop):
    """Find the byte behind the word at *p* and the space that ends it; NONE without either."""
    start = p
    while p < stop and buffer[p] != 32:
        p += 1
    return p + 1 if start < p < stop else NONE


@lean_kernel
def _behind_named(buffer, p, stop):
    """Step over `Nov 23 22:24:26 `; NONE where there is no such time."""
    if p + 16 > stop or not (is_letter(buffer[p]) and is_letter(buffer[p + 2])):
        return NONE
    if buffer[p + 3] != 32 or buffer[p + 6] != 32 or buffer[p + 9] != 58:
        return NONE
    if buffer[p + 12] != 58 or buffer[p + 15] != 32 or not is_digit(buffer[p + 5]):
        return NONE
    return p + 16 if is_digit(buffer[p + 7]) and is_digit(buffer[p + 14]) else NONE


@lean_kernel
def _behind_tag(buffer, p, stop):
    """Step over `host nginx: ` or `nginx: `; NONE where neither of two words ends in a colon."""
    for _ in range(2):
        p = _behind_word(buffer, p, stop)
        if p == NONE or buffer[p - 2] == 58:
            return p
    return NONE


@lean_kernel
def _behind_stream(buffer, words, p, stop):
    """Step over `stdout F ` or `stderr F `; PARTIAL where that is P, else NONE."""
    if p + 9 > stop or buffer[p + 6] != 32 or buffer[p + 8] != 32:
        return NONE
    stream = np.uint64(words[p]) & np.uint64(0xFFFFFFFFFFFF)
    if stream != np.uint64(0x74756F647473) and stream != np.uint64(0x727265647473):
        return NONE
    if buffer[p + 7] == 80:
        return PARTIAL
    return p + 9 if buffer[p + 7] == 70 else NONE


@lean_kernel
def _behind_structure(buffer, words, p, stop):
    r"""Step over `time host app pid id ` and `-` or `[id name="value"]`s, whose `]` may be `\]`."""
    for _ in range(5):
        p = _behind_word(buffer, p, stop)
        if p == NONE:
            return NONE
    if p < stop and buffer[p] == 45:
        p += 1
    while p < stop and buffer[p] == 91:
        while p < stop and buffer[p] != 93:
            p += 1 + (buffer[p] == 92)
        p += 1
    if p + 1 >= stop or buffer[p] != 32:
        return NONE
    return p + 1 + (MARK_BYTES if words[p + 1] & MARK_BITS == MARK else 0)


@lean_kernel
def _behind_priority(buffer, p, stop):
    """Step over `<190>`; *p* where there is none."""
    q = p + 1
    while q < min(stop, p + 4) and is_digit(buffer[q]):
        q += 1
    return q + 1 if q > p + 1 and q < stop and buffer[q] == 62 else p


@lean_kernel
def _behind_header(buffer, words, p, stop):
    """Step over one header; PARTIAL for a piece of a line, NONE where no header is."""
    q = p
    if buffer[p] == 60:
        q = _behind_priority(buffer, p, stop)
        if q > p and buffer[q] == 49 and buffer[q + 1] == 32:
            return _behind_structure(buffer, words, q + 2, stop)
    word = np.uint64(words[q])
    if word & NAMED_BITS == NAMED:
        q = _behind_named(buffer, q, stop)
        return NONE if q == NONE else _behind_tag(buffer, q, stop)
    if word & DATED_BITS != DATED or buffer[q + 10] != 84:
        return NONE
    q = _behind_word(buffer, q, stop)
    if q == NONE:
        return NONE
    body = _behind_stream(buffer, words, q, stop)
    return _behind_tag(buffer, q, stop) if body == NONE else body


@kernel
def unwrap(buffer, words, starts, stops, opens):
    """Return where each line begins behind its headers, and how many lines have one.

    `starts`, `stops` and `opens` are those of `split`; `opens` becomes what is found behind the
    headers. A piece of a line begins behind its stop, and opens with 0.
    """
    heads, wrapped = starts.copy(), 0
    for row in range(len(starts)):
        start, stop = starts[row], stops[row]
        word = words[start]
        if word & DATED_BITS != DATED and word & NAMED_BITS != NAMED and opens[row] != 60:
            continue
        p, turns = start, 0
        while turns < MOST and p + 16 < stop < start + LONG:
            q = _behind_header(buffer, words, p, stop)
            if q < 0:
                p = stop + 1 if q == PARTIAL else p
                break
            p, turns = q, turns + 1
        if p == start:
            continue
        heads[row], wrapped, opens[row] = p, wrapped + 1, 0
        while p < stop and (buffer[p] == 32 or buffer[p] == 9):
            p += 1
        if p < stop:
            opens[row] = buffer[p]
    return heads, wrapped
