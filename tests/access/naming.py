"""Name addresses by default, from text to plain tuples, for the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from access.batch import PAD
from access.event import FIELDS, Field
from access.kernels.captures import UNDECIDED
from access.kernels.hashing import words_of
from access.paths import name_by_default

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from access.paths import Names


def laid_out(
    columns: dict[Field, Sequence[bytes]],
) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Lay texts out as a buffer and the spans of these fields, a blank behind each."""
    rows = len(next(iter(columns.values())))
    spans, text = np.zeros((rows, 2 * FIELDS), np.int32), b""
    for field, texts in columns.items():
        for row, piece in enumerate(texts):
            spans[row, 2 * field : 2 * field + 2] = len(text), len(text) + len(piece)
            text += piece + b" "
    buffer = np.zeros(len(text) + PAD, np.uint8)
    buffer[: len(text)] = np.frombuffer(text, np.uint8)
    return buffer, spans


def names(
    targets: Sequence[bytes], types: Sequence[bytes], *, seed: int, kind: int = UNDECIDED
) -> list[tuple[int, ...]]:
    """Return kind, rendition, picture, owner, album, serial and series of each address."""
    buffer, spans = laid_out({Field.TARGET: targets, Field.TYPE: types})
    rows = len(targets)
    dtypes = (np.uint8, np.uint8, np.uint64, np.uint64, np.uint64, np.int64, np.uint64)
    out = tuple(np.zeros(rows, dtype) for dtype in dtypes)
    out[0][:] = kind
    name_by_default(buffer, words_of(buffer), spans, seed, cast("Names", out))
    return [tuple(int(column[row]) for column in out) for row in range(rows)]
