"""What is noted on the walk along one address, and how it is written down."""

from __future__ import annotations

from access.event import Kind, Rendition
from access.kernels.compiled import lean_kernel
from access.kernels.meanings import AS_ENDING

# Places in an int64 array.
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
STILL = 20  # start and stop of the query value that says which still of a film
NAME = 22  # start and stop of what of the file name may say that
NOTES = 24

MOST_KEPT = 32  # pieces; beyond, the newest takes the place of the one before it
NOW, MAYBE, THEN_NUMBER = 1, 2, 3  # of EXPECTED
PICTURE_ENDING = int(Kind.PICTURE) + 1
POSTER, FRAME = int(Rendition.POSTER), int(Rendition.FRAME)


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
