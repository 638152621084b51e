"""Walk the folders of an address: which say how a picture was made, and which one it is."""

from __future__ import annotations

from access.kernels.compiled import lean_kernel
from access.kernels.meanings import (
    API_ROOT,
    AS_ENDING,
    AVATAR,
    CONTENT,
    FURNITURE,
    IGNORED,
    OWNER_BEFORE_NUMBER,
    OWNER_NEXT,
    STATIC,
    VIDEO,
)
from access.kernels.sizes import LEAST, MOST, pixels_of, whole_number, word_end
from access.kernels.words import look_up

# What is noted on the walk along one address: places in an int64 array.
MEANING = 0  # the flags of the folders so far
WORD = 1  # Rendition, by a word
PIXELS = 2  # … by a size
KEPT = 3  # how many pieces tell which picture it is
CUT = 4  # ending (Kind + 1) of a picture or film in the middle; what follows are its renditions
PERSON = 5  # start and stop of the owner's name
EXPECTED = 7  # whether the next folder is a person, see _expect
LAST = 8  # the last three pieces as numbers, -1 where they are none
ENDING = 11  # Kind + 1 by the extension, 0 without one
PAGE_ABOUT = 12  # `File:x.jpg`: a page about a picture
SIZED = 13  # the file name ends in `=s220`, which only picture servers understand
VALUE = 14  # start and stop of the query value that says which picture
VALUE_ENDING = 16  # its ending
FORMAT = 17  # ending by a query parameter
CANDIDATE = 18  # start and stop of what is a person if a number follows
NOTES = 20

MOST_KEPT = 32  # pieces; beyond, the newest takes the place of the one before it
PICTURE_ENDING, POSTER = 5, 4  # Kind.PICTURE + 1, Rendition.POSTER
FLAGS = AVATAR | FURNITURE | STATIC | API_ROOT
NOW, MAYBE, THEN_NUMBER = 1, 2, 3  # of EXPECTED


@lean_kernel
def note_word(notes, rendition):
    """Note a rendition said in words; a still of a film stays one."""
    if rendition and (notes[WORD] < POSTER or rendition >= POSTER):
        notes[WORD] = rendition


@lean_kernel
def ending_of(meaning):
    """Read which kind (plus 1) an extension means, 0 for none."""
    return (meaning >> AS_ENDING) & 7


@lean_kernel
def keep(start, stop, notes, kept):
    """Count a piece as part of the picture's identity."""
    notes[KEPT] = min(notes[KEPT] + 1, MOST_KEPT)
    kept[2 * notes[KEPT] - 2], kept[2 * notes[KEPT] - 1] = start, stop


@lean_kernel
def shift(notes, value):
    """Remember a piece's number behind the two before it."""
    notes[LAST], notes[LAST + 1], notes[LAST + 2] = notes[LAST + 1], notes[LAST + 2], value


@lean_kernel
def confirm(notes):
    """Take the candidate of `/photos/ann/123` for a person if the number is there."""
    if notes[EXPECTED] == THEN_NUMBER and notes[LAST + 2] >= 0:
        notes[PERSON], notes[PERSON + 1] = notes[CANDIDATE], notes[CANDIDATE + 1]
    notes[EXPECTED] = 0


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
    """Tell whether a folder is an image server's recipe: `w_300,h_300`, `rs:fit:300`, `width=300`."""
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
    notes[PIXELS] = pixels if pixels else notes[PIXELS]
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
