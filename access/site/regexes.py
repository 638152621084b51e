"""Regexes: the rows no pattern took, matched against path and query in linear time (RE2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from access.batch import PAD
from access.event import Field
from access.kernels.captures import PICTURE, UNDECIDED, WIDTH, name_by_captures
from access.kernels.hashing import words_of
from access.kernels.targets import gather_targets
from access.site.shapes import GROUPS

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

TARGET = 2 * Field.TARGET


def check_regex(text: str) -> None:
    """Raise ValueError where RE2 cannot read *text* or it names a group nobody knows."""
    import pyarrow as pa  # noqa: PLC0415 - 0.15 s that only platforms with regexes pay
    import pyarrow.compute as pc  # noqa: PLC0415 - as above

    try:
        groups = pc.extract_regex(pa.array([], pa.binary()), pattern=text).type.names
    except pa.ArrowInvalid as error:
        advice = "; write (?:…)" if "unnamed" in str(error) else ""
        msg = f"regex {text!r}: {error}{advice}"
        raise ValueError(msg) from None
    unknown = [group for group in groups if group not in GROUPS]
    if unknown:
        msg = f"regex {text!r}: unknown group {unknown[0]!r}; known: {', '.join(GROUPS)}"
        raise ValueError(msg)


@dataclass(frozen=True, slots=True, eq=False)
class Regexes:
    """Expressions in the order they are tried, each with its row of `rules`."""

    texts: tuple[str, ...]
    rules: NDArray[np.int32]  # (texts, columns)

    def name_rows(
        self,
        buffer: NDArray[np.uint8],
        spans: NDArray[np.int32],
        sizes: tuple[NDArray[Any], ...],
        key: np.uint64,
        out: tuple[NDArray[Any], ...],
    ) -> None:
        """Name the rows still undecided, in place; each distinct target is matched once."""
        rows = np.flatnonzero((out[0] == UNDECIDED) & (spans[:, TARGET] < spans[:, TARGET + 1]))
        coded = _targets(buffer, spans, rows).dictionary_encode()
        which = coded.indices.to_numpy()
        free = np.ones(len(coded.dictionary), np.bool_)
        one = np.zeros(WIDTH, np.int32)
        for r, text in enumerate(self.texts):
            fits, caught, spelled = _search(text, coded.dictionary)
            hit = (fits & free)[which]
            given = (rows[hit], which[hit], spelled, words_of(spelled), caught, one)
            name_by_captures(*given, self.rules, r, sizes, key, out)
            free &= ~fits


def _targets(
    buffer: NDArray[np.uint8], spans: NDArray[np.int32], rows: NDArray[np.intp]
) -> pa.Array:
    """Copy the targets of *rows*, in their one spelling, into an arrow column."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    room = int((spans[rows, TARGET + 1] - spans[rows, TARGET]).sum(dtype=np.int64))
    text, offsets = np.zeros(room, np.uint8), np.zeros(len(rows) + 1, np.int64)
    gather_targets(buffer, spans, TARGET, rows, text, offsets)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    return pa.Array.from_buffers(pa.large_binary(), len(rows), buffers)


def _search(
    text: str, targets: pa.Array
) -> tuple[NDArray[np.bool_], NDArray[np.int32], NDArray[np.uint8]]:
    """Search *targets*: which fit, the spans each group caught, and the bytes they point into."""
    import pyarrow.compute as pc  # noqa: PLC0415 - as above

    found = pc.extract_regex(targets, pattern=text)
    fits = found.is_valid().to_numpy(zero_copy_only=False)
    caught, spelled = _captures(found)
    if "picture" in found.type.names:
        fits &= caught[:, 2 * PICTURE] < caught[:, 2 * PICTURE + 1]
    return fits, caught, spelled


def _captures(found: pa.StructArray) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Lay the texts of all groups into one buffer; return each row's spans and the buffer."""
    caught = np.zeros((len(found), WIDTH), np.int32)
    texts, end = [], 0
    for name in found.type.names:
        _, offsets, text = found.field(name).buffers()
        at = np.frombuffer(offsets, np.int64)[: len(found) + 1]
        group = 2 * GROUPS.index(name)
        caught[:, group], caught[:, group + 1] = end + at[:-1], end + at[1:]
        texts.append(np.frombuffer(text or b"", np.uint8)[: at[-1]])
        end += int(at[-1])
    return caught, np.concatenate([*texts, np.zeros(PAD, np.uint8)])
