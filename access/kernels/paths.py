"""Name what each undecided row asked for by its address alone: kind, rendition and identity."""

from __future__ import annotations

import numpy as np

from access.kernels.captures import UNDECIDED
from access.kernels.compiled import lean_kernel
from access.kernels.folders import take_folder
from access.kernels.hashing import hash_span
from access.kernels.identity import identify, keep_still
from access.kernels.kinds import AVATAR_KIND, PICTURE, kind_of, rendition_of, typed_ending, whose
from access.kernels.notes import (
    CUT,
    ENDING,
    FORMAT,
    FRAME,
    KEPT,
    LAST,
    MEANING,
    PERSON,
    PICTURE_ENDING,
    VALUE,
    VALUE_ENDING,
    keep,
)
from access.kernels.queries import take_query
from access.kernels.stems import take_file
from access.kernels.targets import path_start

PLAIN, DOT, ODD, END = 0, 1, 2, 3
MARKS = np.zeros(256, np.uint8)
MARKS[[ord(c) for c in "/?#"]] = END
MARKS[[ord(c) for c in ",:=@!"]] = ODD
MARKS[ord(".")] = DOT


@lean_kernel
def _piece(buffer, p, stop):
    """Find where a piece ends, its last dot and its first odd mark (-1 without)."""
    dot = odd = -1
    while p < stop:
        mark = MARKS[buffer[p]]
        if mark != PLAIN:
            if mark == END:
                break
            if mark == DOT:
                dot = p
            elif odd < 0:
                odd = p
        p += 1
    return p, dot, odd


@lean_kernel
def _walk(buffer, words, p, stop, vocabulary, notes, kept):
    """Judge all pieces of the path that begins at the slash *p*, then the query."""
    notes[:] = 0
    notes[LAST : LAST + 3] = -1
    while True:
        start = p + 1
        p, dot, odd = _piece(buffer, start, stop)
        if p == stop or buffer[p] != 47:
            break
        if p > start:
            take_folder(buffer, words, start, p, dot, odd, vocabulary, notes, kept)
    if p > start:
        take_file(buffer, words, start, p, dot, odd, vocabulary, notes, kept)
    if p < stop and buffer[p] == 63:
        take_query(buffer, words, p + 1, stop, vocabulary, notes)


@lean_kernel
def _keep_value(typed, notes, kept):
    """Let the query say which picture it is where the path does not."""
    if notes[ENDING] == PICTURE_ENDING or notes[CUT] or notes[FORMAT] or notes[VALUE] == 0:
        return
    if PICTURE_ENDING in (typed, notes[VALUE_ENDING]):
        keep(notes[VALUE], notes[VALUE + 1], notes, kept)


@lean_kernel
def name_rows(buffer, words, targets, types, seed, vocabulary, bounds, notes, kept, out):
    """Name the rows whose kind is 255; *targets* and *types* are (rows, 2) spans.

    *bounds* are the pixels of the longer side that the largest thumbnail and medium picture have;
    *notes* and *kept* are room for one walk.
    """
    kind, rendition, picture, owner, album, serial, series = out
    for i in range(len(kind)):
        if kind[i] != UNDECIDED:
            continue
        kind[i], rendition[i], serial[i] = 0, 0, -1
        picture[i] = owner[i] = album[i] = series[i] = np.uint64(0)
        start, stop = np.int64(targets[i, 0]), np.int64(targets[i, 1])
        p = path_start(buffer, start, stop)
        if p < 0:
            continue
        _walk(buffer, words, p, stop, vocabulary, notes, kept)
        typed = typed_ending(buffer, words, types[i, 0], types[i, 1], vocabulary)
        what = kind_of(notes, typed)
        if what == PICTURE:
            _keep_value(typed, notes, kept)
        kind[i] = whose(what, notes[MEANING])
        if kind[i] != PICTURE and kind[i] != AVATAR_KIND:
            continue
        rendition[i] = rendition_of(notes, bounds)
        film = keep_still(buffer, notes, kept) if rendition[i] == FRAME else notes[KEPT]
        picture[i], serial[i], series[i] = identify(buffer, words, seed, film, notes, kept)
        if notes[PERSON]:
            owner[i] = hash_span(buffer, words, notes[PERSON], notes[PERSON + 1], seed)
