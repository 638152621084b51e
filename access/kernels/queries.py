"""Read from a query the size, the format and, where the path is silent, which picture it is."""

from __future__ import annotations

from access.kernels.compiled import lean_kernel
from access.kernels.meanings import FORMAT_KEY, PICTURE_KEY, SIZE_KEY
from access.kernels.notes import FORMAT, PIXELS, VALUE, VALUE_ENDING, ending_of, note_word
from access.kernels.sizes import LEAST, MOST, pixels_of, whole_number
from access.kernels.words import look_up


@lean_kernel
def _dot(buffer, start, stop):
    """Find the dot of a value's extension, *stop* without one."""
    for p in range(stop - 1, max(start, stop - 6), -1):
        if buffer[p] == 46:
            return p
    return stop


@lean_kernel
def _take(buffer, words, key, equals, stop, vocabulary, notes, largest):
    """Judge one `key=value`; return the largest size so far."""
    meaning = look_up(words, key, equals, vocabulary)
    start = equals + 1
    if meaning & SIZE_KEY:
        bare = whole_number(buffer, start, stop)
        pixels = bare if LEAST <= bare <= MOST else pixels_of(buffer, start, stop)
        note_word(notes, look_up(words, start, stop, vocabulary) & 7)
        return max(largest, pixels)
    if meaning & FORMAT_KEY:
        notes[FORMAT] = ending_of(look_up(words, start, stop, vocabulary))
    elif meaning & PICTURE_KEY and notes[VALUE] == 0:
        dot = _dot(buffer, start, stop)
        notes[VALUE], notes[VALUE + 1] = start, dot
        if dot < stop:
            notes[VALUE_ENDING] = ending_of(look_up(words, dot + 1, stop, vocabulary))
    return largest


@lean_kernel
def take_query(buffer, words, start, stop, vocabulary, notes):
    """Judge the query at *start*; the larger of two sides counts, and more than the path's."""
    key, equals, largest = start, -1, 0
    for p in range(start, stop + 1):
        byte = buffer[p] if p < stop else 38
        if byte == 61 and equals < 0:
            equals = p
        elif byte in (38, 35):  # & #
            if key < equals < p - 1:
                largest = _take(buffer, words, key, equals, p, vocabulary, notes, largest)
            key, equals = p + 1, -1
            if byte == 35:
                break
    if largest:
        notes[PIXELS] = largest
