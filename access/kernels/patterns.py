"""Name rows by a platform's patterns: one loop matches all patterns over all rows.

Cost is bounded by patterns times target length: every literal is looked for once, from the right.
`access.site.programs` builds the program; the constants below are its columns.
"""

from __future__ import annotations

from access.event import Field
from access.kernels.captures import (
    CODE,
    HOST,
    HOST_END,
    QUERY,
    REST,
    SEGMENTS,
    UNDECIDED,
    WIDTH,
    settle,
)
from access.kernels.compiled import lean_kernel
from access.kernels.segments import fits_host, fits_query, fits_segment
from access.kernels.targets import ROOM, cut_path, path_start, respell

# columns of `heads`: first and last literal bytes as 8-byte words, and which bits of them count
FIRST, FIRST_MASK, LAST, LAST_MASK = 0, 1, 2, 3
TARGET, HOSTS = 2 * int(Field.TARGET), 2 * int(Field.HOST)


@lean_kernel
def _fits_path(buffer, slashes, rules, r, code, text, caught):
    """Match the segments of one path."""
    c = rules[r, CODE]
    for k in range(rules[r, SEGMENTS]):
        if not fits_segment(buffer, slashes[k] + 1, slashes[k + 1], code, c, text, caught):
            return False
        c += 3 + 3 * code[c]
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
            and fits_host(raw, host_start, host_stop, text, rules[r, HOST], rules[r, HOST_END])
            and fits_query(buffer, end, stop, rules[r, QUERY], code, text, caught)
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
