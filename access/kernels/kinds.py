"""Weigh what was noted of an address into its kind and rendition."""

from __future__ import annotations

import numpy as np

from access.event import Kind, Rendition
from access.kernels.compiled import lean_kernel
from access.kernels.meanings import API_ROOT, AVATAR, FURNISHING, FURNITURE, STATIC
from access.kernels.notes import (
    CUT,
    ENDING,
    FORMAT,
    MEANING,
    PAGE_ABOUT,
    PICTURE_ENDING,
    PIXELS,
    POSTER,
    SIZED,
    VALUE_ENDING,
    WORD,
    ending_of,
)
from access.kernels.words import look_up

PAGE, API, ASSET = int(Kind.PAGE), int(Kind.API), int(Kind.ASSET)
PICTURE, AVATAR_KIND = int(Kind.PICTURE), int(Kind.AVATAR)
THUMBNAIL, MEDIUM = int(Rendition.THUMBNAIL), int(Rendition.MEDIUM)
ORIGINAL = int(Rendition.ORIGINAL)


@lean_kernel
def typed_ending(buffer, words, start, stop, vocabulary):
    """Read which kind (plus 1) a Content-Type means, 0 for none."""
    start, stop = np.int64(start), np.int64(stop)
    end, slash = start, start
    while end < stop and buffer[end] != 59 and buffer[end] != 32:  # ; and blank
        slash = end + 1 if buffer[end] == 47 else slash
        end += 1
    ending = ending_of(look_up(words, start, end, vocabulary)) if end > start else 0
    if ending == 0 and slash > start:
        ending = ending_of(look_up(words, start, slash, vocabulary))
    return ending


@lean_kernel
def kind_of(notes, typed):
    """Weigh extension, Content-Type, query and folders into a Kind."""
    named = notes[ENDING] or notes[CUT]
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
def whose(kind, meaning):
    """Tell somebody's picture from a profile picture and from the site's own design."""
    if kind != PICTURE:
        return kind
    if meaning & AVATAR:
        return AVATAR_KIND
    return ASSET if meaning & (FURNITURE | STATIC | FURNISHING) else PICTURE


@lean_kernel
def rendition_of(notes, bounds):
    """Let a still of a film be one, else let pixels speak before words."""
    if notes[PIXELS] == 0 or notes[WORD] >= POSTER:
        return notes[WORD]
    if notes[PIXELS] <= bounds[0]:
        return THUMBNAIL
    return MEDIUM if notes[PIXELS] <= bounds[1] else ORIGINAL
