"""Take `_thumb`, `-150x150`, `@2x` … off a file name, and note what they say."""

from __future__ import annotations

from access.kernels.compiled import lean_kernel
from access.kernels.letters import is_letter
from access.kernels.meanings import AS_SUFFIX, IGNORED
from access.kernels.notes import FRAME, NAME, PICTURE_ENDING, PIXELS, ending_of, note_word
from access.kernels.sizes import pixels_of
from access.kernels.words import look_up

LONGEST = 24  # bytes of a suffix that is looked at


@lean_kernel
def take_note(words, start, stop, pixels, vocabulary, notes):
    """Note what a suffix says of the rendition; tell whether it said anything."""
    word = (look_up(words, start, stop, vocabulary) >> AS_SUFFIX) & 7
    note_word(notes, word)
    if pixels:
        notes[PIXELS] = pixels
    return pixels > 0 or word > 0


@lean_kernel
def _separator(buffer, start, stop):
    """Find the last of `-_.@~` in a name, -1 when the suffix would be empty or long."""
    p = stop - 1
    while p > start and stop - p <= LONGEST:
        if buffer[p] in (45, 95, 46, 64, 126):
            return p if p + 1 < stop else -1
        p -= 1
    return -1


@lean_kernel
def strip(buffer, words, start, stop, vocabulary, notes):
    """Take one suffix off a name; return where the rest ends, *stop* when there is none."""
    p = _separator(buffer, start, stop)
    if p < 0:
        return stop
    meaning = look_up(words, p + 1, stop, vocabulary)
    if buffer[p] in (64, 46) and (meaning & IGNORED or ending_of(meaning) == PICTURE_ENDING):
        return p  # `x@2x`, `x@webp`, `x.jpg.webp`
    if buffer[p] != 95 and stop - p <= 3 and is_letter(buffer[p + 1]):
        return stop  # one letter is a size only behind `_`
    pixels = pixels_of(buffer, p + 1, stop)
    if (meaning >> AS_SUFFIX) & 7 == FRAME:
        notes[NAME], notes[NAME + 1] = p + 1, stop  # in `7_hq2` it is the 2, in `7_frame` none
    return p if take_note(words, p + 1, stop, pixels, vocabulary, notes) else stop
