"""Strip a picture's file name down to what is the same in all its renditions."""

from __future__ import annotations

from access.kernels.compiled import lean_kernel
from access.kernels.letters import is_letter
from access.kernels.meanings import API_ROOT, FURNISHING
from access.kernels.notes import (
    CUT,
    ENDING,
    FRAME,
    KEPT,
    MEANING,
    NAME,
    PAGE_ABOUT,
    PICTURE_ENDING,
    PIXELS,
    SIZED,
    confirm,
    ending_of,
    keep,
    note_word,
    shift,
)
from access.kernels.sizes import LEAST, MOST, pixels_of, whole_number, word_end
from access.kernels.suffixes import strip, take_note
from access.kernels.words import look_up


@lean_kernel
def take_ending(buffer, words, start, stop, dot, odd, vocabulary, notes):
    """Read the extension; return where the name before it ends."""
    if dot <= start:
        return stop
    end = dot + 1
    while end < stop and (is_letter(buffer[end]) or 48 <= buffer[end] <= 57):
        end += 1
    ending = ending_of(look_up(words, dot + 1, end, vocabulary))
    if ending == 0:
        return stop
    notes[ENDING] = ending
    if start < odd < dot and buffer[odd] == 58 and buffer[start] < 97:  # `File:`
        notes[PAGE_ABOUT] = word_end(buffer, start, odd) == odd
    if end + 1 < stop:  # `x.jpg:large`, `x.jpg!w300`
        take_note(words, end + 1, stop, pixels_of(buffer, end + 1, stop), vocabulary, notes)
    return dot


@lean_kernel
def _strip_prefix(buffer, words, start, stop, vocabulary, notes):
    """Take `thumb_`, `small_` … off a name, or see that it names the site's own design."""
    end = word_end(buffer, start, stop)
    whole = look_up(words, start, stop, vocabulary)
    notes[MEANING] |= (look_up(words, start, end, vocabulary) | whole) & FURNISHING
    if notes[KEPT] == 0:
        notes[MEANING] |= whole & API_ROOT
    if end - start < 2 or end + 1 >= stop or buffer[end] != 95:
        return start
    return end + 1 if take_note(words, start, end, 0, vocabulary, notes) else start


@lean_kernel
def _sized(buffer, start, stop, odd, notes):
    """Cut `=w200-h200-no` off a name, as Google's picture servers write sizes."""
    if odd <= start or odd >= stop or buffer[odd] != 61:
        return stop
    pixels = pixels_of(buffer, odd + 1, stop)
    if pixels == 0:
        return stop
    notes[PIXELS], notes[SIZED] = pixels, 1
    return odd


@lean_kernel
def take_file(buffer, words, start, stop, dot, odd, vocabulary, notes, kept):
    """Judge the last piece of a path and keep what of it tells which picture it is."""
    stop = take_ending(buffer, words, start, stop, dot, odd, vocabulary, notes)
    if notes[ENDING] not in (0, PICTURE_ENDING):
        keep(start, stop, notes, kept)
        return
    stop = _sized(buffer, start, stop, odd, notes)
    for _ in range(3):
        shorter = strip(buffer, words, start, stop, vocabulary, notes)
        if shorter == stop:
            break
        stop = shorter
    shift(notes, whole_number(buffer, start, stop))
    confirm(notes)
    pixels, word = pixels_of(buffer, start, stop), look_up(words, start, stop, vocabulary) & 7
    bare = whole_number(buffer, start, stop)
    if notes[NAME] == 0 and pixels == 0:
        notes[NAME], notes[NAME + 1] = start, stop
    if notes[CUT] and LEAST <= bare <= MOST:
        pixels = bare
    if notes[KEPT] and (pixels or word):
        note_word(notes, word)
        notes[PIXELS] = pixels or notes[PIXELS]
    elif notes[CUT] == 0:
        start = _strip_prefix(buffer, words, start, stop, vocabulary, notes)
        keep(start, stop, notes, kept)
    else:
        _below_cut(buffer, words, start, stop, vocabulary, notes)


@lean_kernel
def _below_cut(buffer, words, start, stop, vocabulary, notes):
    """Read `220px-Name.jpg` below `Name.jpg`, as MediaWiki writes sizes, and `frame-3.jpg`."""
    end = word_end(buffer, start, stop)
    if look_up(words, start, end, vocabulary) & 7 == FRAME:
        note_word(notes, FRAME)
    for p in range(start, min(stop, start + 8)):
        if buffer[p] == 45:
            pixels = pixels_of(buffer, start, p)
            notes[PIXELS] = pixels or notes[PIXELS]
            return
