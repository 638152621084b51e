"""Walk the folders of an address: which say how a picture was made, and which one it is."""

from __future__ import annotations

from access.kernels.compiled import lean_kernel
from access.kernels.meanings import (
    API_ROOT,
    AVATAR,
    CONTENT,
    FURNITURE,
    IGNORED,
    OWNER_BEFORE_NUMBER,
    OWNER_NEXT,
    STATIC,
    VIDEO,
)
from access.kernels.notes import (
    CANDIDATE,
    CUT,
    EXPECTED,
    KEPT,
    LAST,
    MAYBE,
    MEANING,
    NOW,
    PERSON,
    PICTURE_ENDING,
    PIXELS,
    POSTER,
    THEN_NUMBER,
    confirm,
    ending_of,
    keep,
    note_word,
    shift,
)
from access.kernels.sizes import LEAST, MOST, pixels_of, whole_number, word_end
from access.kernels.words import look_up

FLAGS = AVATAR | FURNITURE | STATIC | API_ROOT


@lean_kernel
def _expect(buffer, start, stop, meaning, notes):
    """Find the person in `/users/ann/`, `/@ann/`, `/~ann/` and `/photos/ann/123`."""
    expected = notes[EXPECTED]
    confirm(notes)
    if buffer[start] in (64, 126) and stop > start + 1:  # @ ~
        notes[PERSON], notes[PERSON + 1] = start + 1, stop
    elif expected == NOW:
        notes[PERSON], notes[PERSON + 1] = start, stop
    elif expected == MAYBE and notes[LAST + 2] < 0:
        notes[CANDIDATE], notes[CANDIDATE + 1] = start, stop
        notes[EXPECTED] = THEN_NUMBER
    elif meaning & OWNER_NEXT:
        notes[EXPECTED] = NOW
    elif meaning & OWNER_BEFORE_NUMBER and notes[PERSON] == 0:
        notes[EXPECTED] = MAYBE


@lean_kernel
def _parts(buffer, start, stop, splitter):
    """Read the largest size among the parts between *splitter*; numbers alone count after `:`."""
    largest, part = 0, start
    for p in range(start, stop + 1):
        if p == stop or buffer[p] == splitter:
            pixels = pixels_of(buffer, part, p)
            if splitter == 58 and pixels == 0:
                bare = whole_number(buffer, part, p)
                pixels = bare if LEAST <= bare <= MOST else 0
            largest, part = max(largest, pixels), p + 1
    return largest


@lean_kernel
def _is_recipe(buffer, start, stop, odd):
    """Tell whether a folder is an image server's recipe: `w_300,h_300`, `rs:fit:300:0`."""
    mark = buffer[odd]
    if mark == 44:  # , as Cloudinary writes
        return buffer[start + 1] == 95 or buffer[start + 2] == 95
    if mark == 58:  # : as imgproxy writes
        return word_end(buffer, start, odd) == odd and 97 <= buffer[start] and odd + 1 < stop
    return mark == 61 and _parts(buffer, start, stop, 44) > 0  # = as Cloudflare writes


@lean_kernel
def _recipe(buffer, start, stop, odd, notes):
    """Note the size in a recipe; what stands before `:` and `=` recipes is signature and door."""
    splitter = 58 if buffer[odd] == 58 else 44
    pixels = _parts(buffer, start, stop, splitter)
    notes[PIXELS] = pixels or notes[PIXELS]
    if buffer[odd] != 44 and notes[CUT] == 0:
        notes[KEPT] = 0


@lean_kernel
def take_folder(buffer, words, start, stop, dot, odd, vocabulary, notes, kept):
    """Judge one folder; *dot* and *odd* are its last `.` and first `,:=@!`, -1 without."""
    shift(notes, whole_number(buffer, start, stop))
    pixels = pixels_of(buffer, start, stop)
    if notes[CUT]:
        bare = notes[LAST + 2]
        pixels = bare if LEAST <= bare <= MOST else pixels
    meaning = look_up(words, start, stop, vocabulary)
    note_word(notes, meaning & 7)
    if pixels:
        notes[PIXELS] = pixels
    if pixels or meaning & 7 or meaning & IGNORED:
        return
    if odd >= 0 and _is_recipe(buffer, start, stop, odd):
        _recipe(buffer, start, stop, odd, notes)
        return
    if notes[CUT]:
        return
    if meaning & CONTENT:
        notes[MEANING] &= ~STATIC
    notes[MEANING] |= meaning & FLAGS & (-1 if notes[KEPT] == 0 else ~API_ROOT)
    if dot > start:
        middle = look_up(words, dot + 1, stop, vocabulary)
        if middle & VIDEO or ending_of(middle) == PICTURE_ENDING:
            notes[CUT], stop = ending_of(middle), dot
            note_word(notes, POSTER if middle & VIDEO else 0)
    keep(start, stop, notes, kept)
    _expect(buffer, start, stop, meaning, notes)
