"""Read from a query the size, the format, the still of a film and, at need, which picture it is."""

from __future__ import annotations

from access.kernels.compiled import lean_kernel
from access.kernels.meanings import FORMAT_KEY, FRAME_KEY, PICTURE_KEY, SIZE_KEY
from access.kernels.notes import FORMAT, PIXELS, STILL, VALUE, VALUE_ENDING, ending_of, note_word
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
def _is_number(buffer, start, stop):
    """Tell whether a value is `12` or `12.5`; beyond nine bytes it is a time or a token."""
    if stop - start > 9 or not 48 <= buffer[start] <= 57:
        return False
    for p in range(start + 1, stop):
        if not 48 <= buffer[p] <= 57 and buffer[p] != 46:
            return False
    return True


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
    elif meaning & FRAME_KEY and notes[STILL] == 0 and _is_number(buffer, start, stop):
        notes[STILL], notes[STILL + 1] = start, stop
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
