"""Scan made-up JSON lines the way the scanner does, in memory that leaves no room for mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.batch import PAD
from access.carried import scan_objects
from access.event import Field, Method
from access.formats import GROUPS
from access.found import Found
from access.kernels.hashing import words_of
from access.kernels.scan_text import scan_text
from access.kernels.sheet import PLACES
from access.plan import Plan
from access.problems import PROBLEMS, WHOLE

if TYPE_CHECKING:
    from numpy.typing import NDArray


PLAN = Plan.of(*GROUPS)
NO_PLAN = Plan.of(())


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
    buffer = np.zeros(3 * len(data) + 2 * PAD, np.uint8)
    buffer[: len(data)] = np.frombuffer(data, np.uint8)
    buffer[-PAD // 2 :] = 170  # nobody may write here
    stops = np.cumsum([len(line) + len(behind) for line in lines]) - len(behind)
    starts = stops - [len(line) for line in lines]
    found = Found.of(len(lines))
    text = (PLAN, np.zeros(PLACES, np.int64))

    rows = np.arange(len(lines))
    words = words_of(buffer)
    free = scan_objects(buffer, words, starts, stops, rows, text, NO_PLAN, found, len(data))

    assert buffer[: len(data)].tobytes() == data
    assert free <= 3 * len(data)
    assert (buffer[-PAD // 2 :] == 170).all()
    return [_row(buffer, found, row) for row in range(len(lines))]


def text_row(line: bytes) -> Row | None:
    """Read one line by the layouts of text, which have their own twin; None for a reject."""
    data = line + b"\n"
    buffer = np.zeros(2 * len(data) + 2 * PAD, np.uint8)
    buffer[: len(data)] = np.frombuffer(data, np.uint8)
    found, starts = Found.of(1), np.zeros(1, np.int64)
    lines = (starts, starts + len(line), buffer[:1])
    sheet = np.zeros(PLACES, np.int64)
    scan_text(buffer, words_of(buffer), *lines, PLAN, sheet, found, len(data))
    row = _row(buffer, found, 0)
    return row if isinstance(row, Row) else None


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
        return (PROBLEMS | WHOLE)[int(found.problem[row])]
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
