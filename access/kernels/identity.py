"""Give a picture one identity from the kept pieces of its address, and find its number."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.hashing import P1, hash_span, mix
from access.kernels.notes import KEPT, LAST, NAME, STILL, keep
from access.kernels.sizes import number, whole_number

MOST_DIGITS = 18  # what an int64 holds of any digits
DEEPEST = 24  # zoom of a map tile


@lean_kernel
def fold(chain, value):
    """Append one hash to a chain of hashes; the order counts."""
    return mix(chain * P1 + value)


@lean_kernel
def last_run(buffer, start, stop):
    """Find the last run of 1 to 18 digits in a piece: its start and stop, equal without one."""
    p = stop
    while p > start:
        while p > start and not 48 <= buffer[p - 1] <= 57:
            p -= 1
        end = p
        while p > start and 48 <= buffer[p - 1] <= 57:
            p -= 1
        if 0 < end - p <= MOST_DIGITS:
            return p, end
    return start, start


@lean_kernel
def is_tile(notes):
    """Tell whether the last three pieces are a map tile's: zoom, column and row within it."""
    zoom, column, row = notes[LAST], notes[LAST + 1], notes[LAST + 2]
    if not 0 <= zoom <= DEEPEST or column < 0 or row < 0:
        return False
    return column < (1 << zoom) and row < (1 << zoom)


@lean_kernel
def _is_year(buffer, kept, j):
    start = kept[2 * j]
    return kept[2 * j + 1] - start == 4 and 1990 <= whole_number(buffer, start, start + 4) < 2100


@lean_kernel
def _is_date(buffer, kept, j):
    """Tell whether folder j is the year, month or day of `/2015/08/17/`."""
    start, stop = kept[2 * j], kept[2 * j + 1]
    if _is_year(buffer, kept, j):
        return True
    if stop - start > 2 or whole_number(buffer, start, stop) < 0:
        return False
    if j and _is_year(buffer, kept, j - 1):
        return True
    short = j > 1 and kept[2 * j - 1] - kept[2 * j - 2] <= 2
    return short and _is_year(buffer, kept, j - 2)


@lean_kernel
def numbered_piece(buffer, pieces, notes, kept):
    """Find the last of *pieces* with a number that is no date: its place, its start and stop."""
    for j in range(pieces - 1, -1, -1):
        start, stop = last_run(buffer, kept[2 * j], kept[2 * j + 1])
        if stop > start and (j == notes[KEPT] - 1 or not _is_date(buffer, kept, j)):
            return j, start, stop
    return -1, 0, 0


@lean_kernel
def keep_still(buffer, notes, kept):
    """Let the number of a still tell it from the others; return how many pieces name the film.

    It is the one in the query, else the last in the file name; that one numbers the film as well
    where no folder does.
    """
    start, stop = notes[STILL], notes[STILL + 1]
    if start == stop:
        start, stop = last_run(buffer, notes[NAME], notes[NAME + 1])
    film = notes[KEPT] - 1
    if start == stop:
        return film + 1
    if film >= 0 and kept[2 * film] <= start < kept[2 * film + 1]:
        place, _, _ = numbered_piece(buffer, film, notes, kept)
        return film if place >= 0 else film + 1
    keep(start, stop, notes, kept)
    return notes[KEPT] - 1


@lean_kernel
def identify(buffer, words, seed, film, notes, kept):
    """Return picture (uint64), serial (int64, -1 without a number) and series (uint64).

    Only the first *film* pieces are numbered and make a series; the others tell stills apart.
    """
    place, start, stop = numbered_piece(buffer, film, notes, kept)
    if is_tile(notes):
        place = -1
    whole = series = seed
    for j in range(notes[KEPT]):
        first, last = kept[2 * j], kept[2 * j + 1]
        value = hash_span(buffer, words, first, last, seed)
        whole = fold(whole, value)
        if j == place:
            series = fold(series, hash_span(buffer, words, first, start, seed))
            value = hash_span(buffer, words, stop, last, seed)
        if j < film:
            series = fold(series, value)
    if place < 0:
        return whole, np.int64(-1), series
    serial, _ = number(buffer, start, stop, MOST_DIGITS)
    return whole, serial, series
