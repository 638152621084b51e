"""Scanner: turns a chunk of log, any mix of formats, into readable lines and rejects."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from access.batch import PAD
from access.formats import GROUPS
from access.found import Found
from access.json_lines import scan_json
from access.kernels.hashing import words_of
from access.kernels.read_piece import PLACES
from access.kernels.scan_text import scan_text
from access.kernels.split import newlines, split
from access.lines import Chunk, Lines, Reject
from access.plan import Plan
from access.problems import SAW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from access.layouts import Layout

BRACE = ord("{")
NEWLINE = ord("\n")
LARGEST = 1 << 29  # bytes of a chunk; twice that and the arena still fit the spans' 31 bits


class Scanner:
    """Reads chunks; not to be shared by threads, for it uses its memory again."""

    def __init__(
        self, own: Sequence[Layout] = (), known: Sequence[Sequence[Layout]] = GROUPS
    ) -> None:
        """Read text by a site's *own* layouts, then by *known* ones, and JSON by its keys."""
        self._plan = Plan.of(own, *known)
        self._joins = self._plan.joins
        self._sheet = np.zeros(PLACES, np.int64)
        self._ends = np.empty(0, np.int64)

    def scan(self, chunk: Chunk) -> tuple[Lines, list[Reject]]:
        """Read every line of *chunk*; the lines and the rejects together are all of them.

        ValueError when it is larger than 512 MiB or does not end with a newline. Text that had to
        be put together or unescaped stands behind the chunk's bytes in the buffer; all else stays
        where it was in the chunk.
        """
        check(chunk.data)
        buffer, used = _room(chunk.data, 0) if chunk.room is None else chunk.room, len(chunk.data)
        ends = self._newlines(buffer, used)
        starts, stops, opens = split(buffer, words_of(buffer), ends)
        objects = np.flatnonzero(opens == BRACE)
        if writes := len(objects) > 0 or self._joins:
            buffer = _room(chunk.data, used + PAD)
        words, found, top = words_of(buffer), Found.of(len(ends)), used + PAD
        lines = (starts, stops)
        top = scan_text(buffer, words, *lines, opens, self._plan, self._sheet, found, top)
        if len(objects):
            top = scan_json(buffer, words, *lines, objects, found, top)
        if writes:
            buffer[top : top + PAD] = 0
            buffer = buffer[: top + PAD]
        return _sorted(chunk, buffer, ends, starts, found)

    def _newlines(self, buffer: NDArray[np.uint8], used: int) -> NDArray[np.int64]:
        lines = newlines(buffer, used, self._ends)
        if lines > len(self._ends):
            self._ends = np.empty(lines + lines // 4, np.int64)
            newlines(buffer, used, self._ends)
        return self._ends[:lines]


def check(data: NDArray[np.uint8]) -> None:
    """Refuse a chunk that spans cannot tell, or that is no whole lines."""
    if len(data) > LARGEST:
        message = f"a chunk holds at most {LARGEST} bytes, this one {len(data)}"
        raise ValueError(message)
    if len(data) and data[-1] != NEWLINE:
        message = f"a chunk ends with a newline, this one with {bytes(data[-SAW:])!r}"
        raise ValueError(message)


def _room(data: NDArray[np.uint8], arena: int) -> NDArray[np.uint8]:
    """Copy *data* into memory of its own, with PAD zeros and so many bytes more behind it."""
    buffer = np.empty(len(data) + PAD + arena, np.uint8)
    buffer[: len(data)] = data
    buffer[len(data) : len(data) + PAD] = 0
    return buffer


def _sorted(
    chunk: Chunk,
    buffer: NDArray[np.uint8],
    ends: NDArray[np.int64],
    starts: NDArray[np.int64],
    found: Found,
) -> tuple[Lines, list[Reject]]:
    """Part what was read from what was not."""
    number = np.arange(chunk.first, chunk.first + len(ends))
    rows = np.flatnonzero(found.problem)
    rejects = _rejects(chunk, rows, ends, starts, found) if len(rows) else []
    if rejects:
        rows = np.flatnonzero(found.problem == 0)
        number, found = number[rows], found.take(rows)
    spans, at, status, method, size, _, _ = found
    return Lines(buffer, spans, number, at, status, method, size), rejects


def _rejects(
    chunk: Chunk,
    rows: NDArray[np.intp],
    ends: NDArray[np.int64],
    starts: NDArray[np.int64],
    found: Found,
) -> list[Reject]:
    """Keep lines with their byte order marks and carriage returns."""
    begins = np.where(rows > 0, ends[rows - 1] + 1, 0)
    where = found.where[rows] + starts[rows] - begins
    view = chunk.data.data
    cuts = zip(begins.tolist(), ends[rows].tolist(), strict=True)
    lines = [view[begin:end].tobytes() for begin, end in cuts]
    numbers, problems = (rows + chunk.first).tolist(), found.problem[rows].tolist()
    return list(map(Reject, repeat(chunk.source), numbers, problems, where.tolist(), lines))
