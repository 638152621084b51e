"""Turn what a pattern caught into columns: whose picture, which, in which rendition."""

from __future__ import annotations

import numpy as np

from access.event import Kind, Rendition
from access.kernels.compiled import lean_kernel
from access.kernels.hashing import hash_span, mix
from access.kernels.identity import MOST_DIGITS, last_run
from access.kernels.sizes import number

UNDECIDED = 255  # a kind that no one has named yet
# groups a pattern can catch; `caught[2 * g]` and `caught[2 * g + 1]` are start and end, equal = not
PICTURE, OWNER, ALBUM, RENDITION, FRAME, ANY = 0, 1, 2, 3, 4, 5
WIDTH = 12  # numbers in a row of `caught`
# columns of `rules`, one row per pattern and alternative
NUMBER, SEGMENTS, REST, HOST, HOST_END, CODE, QUERY, KIND, CLASS, UNIQUE, COLUMNS = range(11)
SHOWN, FACES = int(Kind.PICTURE), int(Kind.AVATAR)
SMALL, MIDDLE, LARGE = int(Rendition.THUMBNAIL), int(Rendition.MEDIUM), int(Rendition.ORIGINAL)
UNSAID, STILL = int(Rendition.UNKNOWN), int(Rendition.FRAME)
SALT = np.uint64(0x9E3779B97F4A7C15)  # keeps an album without an owner apart from its text
STILL_SALT = np.uint64(0xC2B2AE3D27D4EB4F)  # keeps frame 7 apart from owner or album 7


@lean_kernel
def _number(buffer, start, stop):
    """Read the largest number in a text: the longer side of `w640`, `236x` or `150x100`."""
    largest, value = 0, 0
    for p in range(start, stop):
        digit = int(buffer[p]) - 48
        value = min(value * 10 + digit, 1_000_000) if 0 <= digit <= 9 else 0
        largest = max(largest, value)
    return largest


@lean_kernel
def rendition_of(buffer, words, start, stop, seed, otherwise, sizes):
    """Say which rendition a captured text means: by its word, else by its number of pixels."""
    named, classes, limits = sizes
    if start >= stop:
        return otherwise
    text = hash_span(buffer, words, start, stop, seed)
    for k in range(len(named)):
        if named[k] == text:
            return int(classes[k])
    pixels = _number(buffer, start, stop)
    if pixels == 0:
        return otherwise
    return SMALL if pixels <= limits[0] else MIDDLE if pixels <= limits[1] else LARGE


@lean_kernel
def _hash(buffer, words, caught, group, seed):
    """Hash what a group caught; 0 for a group that is not there."""
    start, stop = caught[2 * group], caught[2 * group + 1]
    return hash_span(buffer, words, start, stop, seed) if start < stop else np.uint64(0)


@lean_kernel
def _apart(film, still):
    """Mix a frame's number into its film's identity; 0 leaves it as it is."""
    return mix(film ^ mix(still ^ STILL_SALT)) if still else film


@lean_kernel
def settle(i, buffer, words, caught, start, end, rules, r, sizes, seed, out):
    """Write the columns of row *i* from what pattern *r* caught in the path `[start, end)`.

    A frame is a picture of its own, but keeps its film's `called`, number and series: so it finds
    its owner, the frames of one film are no walk, and those of many films still are.
    """
    kind, rendition, picture, owner, album, serial, series, called = out
    who = _hash(buffer, words, caught, OWNER, seed)
    where = _hash(buffer, words, caught, ALBUM, seed)
    what = _hash(buffer, words, caught, PICTURE, seed)
    still = _hash(buffer, words, caught, FRAME, seed)
    within = np.uint64(0)
    if not rules[r, UNIQUE] and (who or where):
        within = mix(where ^ mix(who ^ SALT))
    kind[i], owner[i], album[i] = rules[r, KIND], who, where
    a, b = caught[2 * RENDITION], caught[2 * RENDITION + 1]
    unsaid = STILL if still and rules[r, CLASS] == UNSAID else rules[r, CLASS]
    rendition[i] = rendition_of(buffer, words, a, b, seed, unsaid, sizes)
    serial[i], series[i] = -1, np.uint64(0)
    if what == np.uint64(0):
        shown = rules[r, KIND] == SHOWN or rules[r, KIND] == FACES
        called[i] = hash_span(buffer, words, start, end, seed) if shown else np.uint64(0)
        picture[i] = _apart(called[i], still) if shown else np.uint64(0)
        return
    called[i], picture[i] = what, _apart(mix(what ^ within) if within else what, still)
    a, b = caught[2 * PICTURE], caught[2 * PICTURE + 1]
    first, last = last_run(buffer, a, b)
    if first < last:
        serial[i], _ = number(buffer, first, last, MOST_DIGITS)
        behind = hash_span(buffer, words, last, b, seed ^ mix(np.uint64(rules[r, NUMBER] + 1)))
        series[i] = mix(hash_span(buffer, words, a, first, seed) ^ mix(behind ^ within))


@lean_kernel
def name_by_captures(rows, which, buffer, words, caught, one, rules, r, sizes, seed, out):
    """Name *rows*; what row k caught are the spans `caught[which[k]]` of *buffer*.

    `one` is room for a row of *caught*.
    """
    for k in range(len(rows)):
        for g in range(WIDTH):
            one[g] = caught[which[k], g]
        settle(rows[k], buffer, words, one, 0, 0, rules, r, sizes, seed, out)
