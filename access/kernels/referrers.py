"""Tell what shape a Referer header has: none, a bare host, a page, a picture."""

from __future__ import annotations

import numpy as np

from access.event import Referrer
from access.kernels.compiled import kernel, lean_kernel
from access.kernels.letters import is_letter
from access.kernels.notes import PICTURE_ENDING, ending_of
from access.kernels.sizes import word_end
from access.kernels.words import look_up

NONE, ROOT = int(Referrer.NONE), int(Referrer.ROOT)
PAGE, PICTURE = int(Referrer.PAGE), int(Referrer.PICTURE)


@lean_kernel
def _host_end(buffer, start, stop):
    """Step over `scheme://host`; -1 when that is not how the text begins."""
    p = word_end(buffer, start, stop)
    if p > start and buffer[p] == 45:  # `android-app://`
        p = word_end(buffer, p + 1, stop)
    if p == start or p + 3 > stop:
        return -1
    if buffer[p] != 58 or buffer[p + 1] != 47 or buffer[p + 2] != 47:
        return -1
    p += 3
    while p < stop and buffer[p] != 47 and buffer[p] != 63 and buffer[p] != 35:  # / ? #
        p += 1
    return p


@lean_kernel
def _is_picture(buffer, words, start, stop, vocabulary):
    """Tell whether the path at *start* ends, before any query, in a picture's extension."""
    p, dot = start, -1
    while p < stop and buffer[p] != 63 and buffer[p] != 35:
        dot = p if buffer[p] == 46 else dot
        p += 1
    if dot < 0 or p - dot > 6 or not is_letter(buffer[dot + 1]):
        return False
    return ending_of(look_up(words, dot + 1, p, vocabulary)) == PICTURE_ENDING


@kernel
def shapes_of(buffer, words, spans, vocabulary):
    """Give each (start, stop) row of *spans* its shape: (rows,) uint8 Referrer."""
    shapes = np.zeros(len(spans), np.uint8)
    for i in range(len(spans)):
        start, stop = np.int64(spans[i, 0]), np.int64(spans[i, 1])
        p = _host_end(buffer, start, stop)
        if p < 0:
            shapes[i] = NONE
        elif p == stop or (p + 1 == stop and buffer[p] == 47):
            shapes[i] = ROOT
        else:
            picture = _is_picture(buffer, words, p, stop, vocabulary)
            shapes[i] = PICTURE if picture else PAGE
    return shapes
