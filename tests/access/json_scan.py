"""Scan made-up JSON lines the way the scanner does, in memory that leaves no room for mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.batch import PAD
from access.event import Field, Method
from access.found import Found
from access.json_lines import PROBLEMS, scan_json
from access.kernels.hashing import words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Row(NamedTuple):
    """What a readable line says."""

    at: int
    method: Method
    status: int
    size: int
    texts: dict[Field, bytes]


def scan(lines: list[bytes], behind: bytes = b"\n") -> list[Row | str]:
    """Read *lines*, after each of which *behind* follows: a row, or the sentence of its problem."""
    data = b"".join(line + behind for line in lines)
    buffer = np.zeros(2 * len(data) + 2 * PAD, np.uint8)
    buffer[: len(data)] = np.frombuffer(data, np.uint8)
    buffer[-PAD // 2 :] = 170  # nobody may write here
    stops = np.cumsum([len(line) + len(behind) for line in lines]) - len(behind)
    starts = stops - [len(line) for line in lines]
    found = Found.of(len(lines))

    rows = np.arange(len(lines))
    free = scan_json(buffer, words_of(buffer), starts, stops, rows, found, len(data))

    assert buffer[: len(data)].tobytes() == data
    assert free <= 2 * len(data)
    assert (buffer[-PAD // 2 :] == 170).all()
    return [_row(buffer, found, row) for row in range(len(lines))]


def one(line: bytes) -> Row | str:
    """Read one line."""
    return scan([line])[0]


def row(line: bytes) -> Row:
    """Read one line that must be readable."""
    found = one(line)
    assert isinstance(found, Row), found
    return found


def _row(buffer: NDArray[np.uint8], found: Found, row: int) -> Row | str:
    if found.problem[row]:
        return PROBLEMS[int(found.problem[row])]
    cut = found.spans[row].reshape(-1, 2)
    texts: dict[Field, bytes] = {
        field: buffer[cut[field, 0] : cut[field, 1]].tobytes()
        for field in Field
        if field != Field.LINE and cut[field, 1] > cut[field, 0]
    }
    return Row(
        int(found.at[row]),
        Method(found.method[row]),
        int(found.status[row]),
        int(found.size[row]),
        texts,
    )
