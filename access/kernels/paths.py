"""Name what each undecided row asked for by its address alone: kind, rendition and identity."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.folders import (
    CUT,
    ENDING,
    FORMAT,
    LAST,
    KEPT,
    MEANING,
    PAGE_ABOUT,
    PERSON,
    PICTURE_ENDING,
    PIXELS,
    POSTER,
    SIZED,
    VALUE,
    VALUE_ENDING,
    WORD,
    ending_of,
    keep,
    take_folder,
)
from access.kernels.hashing import hash_span
from access.kernels.identity import identify
from access.kernels.meanings import API_ROOT, AVATAR, FURNISHING, FURNITURE, STATIC
from access.kernels.queries import take_query
from access.kernels.stems import take_file
from access.kernels.words import look_up

UNDECIDED = 255
PAGE, API, ASSET, PICTURE, AVATAR_KIND = 1, 2, 3, 4, 5  # Kind
THUMBNAIL, MEDIUM, ORIGINAL = 1, 2, 3  # Rendition

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
def path_start(buffer, start, stop):
    """Step over `http://host`; return where the path's slash is, *stop* when there is none."""
    if start == stop or buffer[start] == 47:
        return start
    for p in range(start + 3, min(stop - 2, start + 7)):
        if buffer[p] == 58 and buffer[p + 1] == 47 and buffer[p + 2] == 47:
            q = p + 3
            while q < stop and buffer[q] != 47:
                q += 1
            return q
    return stop


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
def _typed(buffer, words, start, stop, vocabulary):
    """Read which kind (plus 1) a Content-Type means, 0 for none."""
    end, slash = start, start
    while end < stop and buffer[end] != 59 and buffer[end] != 32:  # ; and blank
        slash = end + 1 if buffer[end] == 47 else slash
        end += 1
    ending = ending_of(look_up(words, start, end, vocabulary)) if end > start else 0
    if ending == 0 and slash > start:
        ending = ending_of(look_up(words, start, slash, vocabulary))
    return ending


@lean_kernel
def _kind(notes, typed):
    """Weigh extension, Content-Type, query and folders; -1 for a picture's own page."""
    named = notes[ENDING] if notes[ENDING] else notes[CUT]
    if typed == PICTURE_ENDING and named != ASSET + 1:
        return PICTURE
    if named:
        return PAGE if named == PICTURE_ENDING and notes[PAGE_ABOUT] else named - 1
    if typed:
        return typed - 1
    if notes[FORMAT]:
        return notes[FORMAT] - 1
    shown = notes[VALUE_ENDING] == PICTURE_ENDING or notes[SIZED]
    if shown or (notes[MEANING] & AVATAR and notes[PIXELS]):
        return PICTURE
    return API if notes[MEANING] & API_ROOT else PAGE


@lean_kernel
def _whose(kind, meaning):
    """Tell somebody's picture from a profile picture and from the site's own design."""
    if kind != PICTURE:
        return kind
    if meaning & AVATAR:
        return AVATAR_KIND
    return ASSET if meaning & (FURNITURE | STATIC | FURNISHING) else PICTURE


@lean_kernel
def _rendition(notes, bounds):
    """Let a still of a film be one, else let pixels speak before words."""
    if notes[PIXELS] == 0 or notes[WORD] >= POSTER:
        return notes[WORD]
    if notes[PIXELS] <= bounds[0]:
        return THUMBNAIL
    return MEDIUM if notes[PIXELS] <= bounds[1] else ORIGINAL


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
        if p == stop:
            continue
        _walk(buffer, words, p, stop, vocabulary, notes, kept)
        typed = _typed(buffer, words, np.int64(types[i, 0]), np.int64(types[i, 1]), vocabulary)
        what = _kind(notes, typed)
        if what == PICTURE and notes[ENDING] != PICTURE_ENDING and notes[CUT] == 0:
            shown = typed == PICTURE_ENDING or notes[VALUE_ENDING] == PICTURE_ENDING
            if shown and notes[VALUE] and notes[FORMAT] == 0:
                keep(notes[VALUE], notes[VALUE + 1], notes, kept)
        kind[i] = _whose(what, notes[MEANING])
        if kind[i] != PICTURE and kind[i] != AVATAR_KIND:
            continue
        rendition[i] = _rendition(notes, bounds)
        picture[i], serial[i], series[i] = identify(buffer, words, seed, notes, kept)
        if notes[PERSON]:
            owner[i] = hash_span(buffer, words, notes[PERSON], notes[PERSON + 1], seed)
