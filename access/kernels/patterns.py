"""Name rows by a platform's patterns: one loop matches all patterns over all rows.

Cost is bounded by patterns times target length: every literal is looked for once, from the right.
`access.patterns` builds the program; the constants below are its columns.
"""

from __future__ import annotations

import numpy as np

from access.event import Field
from access.kernels.captures import (
    CODE,
    HOST,
    HOST_END,
    QUERY,
    RENDITION,
    REST,
    SEGMENTS,
    UNDECIDED,
    WIDTH,
    settle,
)
from access.kernels.compiled import lean_kernel
from access.kernels.targets import (
    AND,
    COLON,
    EQUALS,
    HASH,
    ROOM,
    cut_path,
    path_start,
    respell,
)

# columns of `heads`: first and last literal bytes as 8-byte words, and which bits of them count
FIRST, FIRST_MASK, LAST, LAST_MASK = 0, 1, 2, 3
TARGET, HOSTS = 2 * int(Field.TARGET), 2 * int(Field.HOST)


@lean_kernel
def _same(buffer, at, text, start, stop):
    for k in range(stop - start):
        if buffer[at + k] != text[start + k]:
            return False
    return True


@lean_kernel
def _fits_host(buffer, start, stop, text, wanted, end):
    """Compare host names without their port, whatever their case; an unlogged host fits."""
    if start == stop or wanted == end:
        return True
    if stop - start > end - wanted and buffer[start + end - wanted] == COLON:
        stop = start + end - wanted
    if stop - start != end - wanted:
        return False
    for k in range(stop - start):
        byte = buffer[start + k]
        if 65 <= byte <= 90:
            byte |= np.uint8(32)
        if byte != text[wanted + k]:
            return False
    return True


@lean_kernel
def _fits_segment(buffer, start, stop, code, c, text, caught):
    """Match one segment against `code[c:]`: its literals from the right, no capture empty."""
    n, literal = code[c], code[c + 2] - code[c + 1]
    if stop - start < literal or not _same(buffer, start, text, code[c + 1], code[c + 2]):
        return False
    left, right = start + literal, stop
    if n == 0:
        return left == right
    for k in range(n - 1, -1, -1):
        at, end = code[c + 4 + 3 * k], code[c + 5 + 3 * k]
        found = right - (end - at)
        while found > left and not _same(buffer, found, text, at, end):
            found = left if k == n - 1 else found - 1
        if found <= left:
            return False
        if k < n - 1:
            group = code[c + 6 + 3 * k]
            caught[2 * group], caught[2 * group + 1] = found + end - at, right + 1
        right = found - 1
    group = code[c + 3]
    caught[2 * group], caught[2 * group + 1] = left, right + 1
    return True


@lean_kernel
def _fits_path(buffer, slashes, rules, r, code, text, caught):
    """Match the segments of one path."""
    c = rules[r, CODE]
    for k in range(rules[r, SEGMENTS]):
        if not _fits_segment(buffer, slashes[k] + 1, slashes[k + 1], code, c, text, caught):
            return False
        c += 3 + 3 * code[c]
    return True


@lean_kernel
def _parameter(buffer, start, stop, text, name, end):
    """Find the value of the first parameter of a name in `?a=b&c=d`; empty without one."""
    p = start
    while p < stop and buffer[p] != HASH:
        p += 1
        begins = p
        while p < stop and buffer[p] != AND and buffer[p] != HASH:
            p += 1
        value = begins + end - name
        if value < p and buffer[value] == EQUALS and _same(buffer, begins, text, name, end):
            return value + 1, p
    return stop, stop


@lean_kernel
def _fits_query(buffer, start, stop, c, code, text, caught):
    """Take groups from the query; only a rendition may be missing."""
    for k in range(code[c]):
        group = code[c + 1 + 3 * k]
        a, b = _parameter(buffer, start, stop, text, code[c + 2 + 3 * k], code[c + 3 + 3 * k])
        if a < b:
            caught[2 * group], caught[2 * group + 1] = a, b
        elif group != RENDITION:
            return False
    return True


@lean_kernel
def _possible(words, start, end, segments, rules, heads, r):
    """Tell in a few instructions that a pattern cannot fit a path."""
    if (words[start + 1] & heads[r, FIRST_MASK]) != heads[r, FIRST]:
        return False
    wanted, rest = rules[r, SEGMENTS], rules[r, REST]
    if segments < wanted + rest or (segments > wanted and not rest):
        return False
    return end < 8 or (words[end - 8] & heads[r, LAST_MASK]) == heads[r, LAST]


@lean_kernel
def _name(i, buffer, words, cut, host, program, slashes, caught, sizes, seed, out):
    """Let the first pattern that fits name row *i*."""
    rules, heads, code, text = program
    start, end, stop, segments = cut
    raw, host_start, host_stop = host
    for r in range(len(rules)):
        if not _possible(words, start, end, segments, rules, heads, r):
            continue
        for k in range(WIDTH):
            caught[k] = 0
        if (
            _fits_path(buffer, slashes, rules, r, code, text, caught)
            and _fits_host(raw, host_start, host_stop, text, rules[r, HOST], rules[r, HOST_END])
            and _fits_query(buffer, end, stop, rules[r, QUERY], code, text, caught)
        ):
            settle(i, buffer, words, caught, start, end, rules, r, sizes, seed, out)
            return


@lean_kernel
def name_by_patterns(buffer, words, spans, scratch, program, sizes, seed, out):
    """Name every undecided row that a pattern fits.

    `scratch` is a buffer of ROOM bytes and some more, its words, and room for LIMIT + 2 and for
    WIDTH numbers.
    """
    kind = out[0]
    spare, spare_words, slashes, caught = scratch
    for i in range(len(kind)):
        if kind[i] != UNDECIDED:
            continue
        stop = spans[i, TARGET + 1]
        start = path_start(buffer, spans[i, TARGET], stop)
        if start < 0:
            continue
        host = (buffer, spans[i, HOSTS], spans[i, HOSTS + 1])
        end, segments, odd = cut_path(buffer, start, stop, slashes)
        if odd and stop - start <= ROOM:
            length = respell(buffer, start, stop, spare)
            end, segments, _ = cut_path(spare, 0, length, slashes)
            cut = (0, end, length, segments)
            _name(i, spare, spare_words, cut, host, program, slashes, caught, sizes, seed, out)
        else:
            cut = (start, end, stop, segments)
            _name(i, buffer, words, cut, host, program, slashes, caught, sizes, seed, out)
