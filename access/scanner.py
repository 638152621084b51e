"""Scanner: turns a chunk of log, any mix of formats, into readable lines and rejects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access import json_lines, text_lines
from access.batch import PAD
from access.formats import ROSTER
from access.found import Found
from access.kernels.hashing import words_of
from access.kernels.read_piece import EMPTY, PLACES
from access.kernels.scan_text import scan_text
from access.kernels.split import newlines, split
from access.lines import Chunk, Lines, Reject
from access.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from access.layouts import Layout

BRACE = ord("{")
NEWLINE = ord("\n")
LARGEST = 1 << 29  # bytes of a chunk; twice that and the arena still fit the spans' 31 bits
SAW = 40  # bytes of a reject that its reason quotes
PROBLEMS = text_lines.PROBLEMS | json_lines.PROBLEMS


class Scanner:
    """Reads chunks; not to be shared by threads, for it uses its memory again."""

    def __init__(self, layouts: Sequence[Layout] = ROSTER) -> None:
        """Read text by *layouts*, the longest first, and JSON by its keys."""
        self._plan = Plan.of(layouts)
        self._sheet = np.zeros(PLACES, np.int64)
        self._found = Found.of(0)
        self._ends = np.empty(0, np.int64)

    def scan(self, chunk: Chunk) -> tuple[Lines, list[Reject]]:
        """Read every line of *chunk*; the lines and the rejects together are all of them.

        ValueError when it is larger than 512 MiB or does not end with a newline. Some 4 MiB are
        cheapest: such memory is used again, larger is asked for anew. Text that JSON had escaped
        stands behind the chunk's bytes in the buffer; all else stays where it was in the chunk.
        """
        used = len(chunk.data)
        buffer = _room(chunk.data, 0)
        ends = self._newlines(buffer, used)
        starts, stops, opens = split(buffer, ends)
        found = self._blank(len(ends))
        scan_text(buffer, words_of(buffer), starts, stops, opens, self._plan, self._sheet, found)
        top = used
        if len(rows := np.flatnonzero(opens == BRACE)):
            buffer = _room(chunk.data, used + PAD)
            words, top = words_of(buffer), used + PAD
            top = json_lines.scan_json(buffer, words, starts, stops, rows, found, top)
            buffer[top : top + PAD] = 0
        lines = _readable(buffer[: top + PAD], chunk.first, found)
        return lines, _rejects(chunk, starts, ends, found)

    def _newlines(self, buffer: NDArray[np.uint8], used: int) -> NDArray[np.int64]:
        lines = newlines(words_of(buffer), used, self._ends)
        if lines > len(self._ends):
            self._ends = np.empty(lines + lines // 4, np.int64)
            newlines(words_of(buffer), used, self._ends)
        return self._ends[:lines]

    def _blank(self, lines: int) -> Found:
        if lines > len(self._found.at):
            self._found = Found.of(lines + lines // 4)
        return self._found.head(lines)


def _room(data: NDArray[np.uint8], arena: int) -> NDArray[np.uint8]:
    """Copy *data* into memory of its own, with PAD zeros and so many bytes more behind it."""
    if len(data) > LARGEST:
        message = f"a chunk holds at most {LARGEST} bytes, this one {len(data)}"
        raise ValueError(message)
    if len(data) and data[-1] != NEWLINE:
        message = f"a chunk ends with a newline, this one with {bytes(data[-SAW:])!r}"
        raise ValueError(message)
    buffer = np.empty(len(data) + PAD + arena, np.uint8)
    buffer[: len(data)] = data
    buffer[len(data) : len(data) + PAD] = 0
    return buffer


def _readable(buffer: NDArray[np.uint8], first: int, found: Found) -> Lines:
    """Copy the rows without a problem, for the next chunk is written over them."""
    rows = np.flatnonzero(found.problem == 0)
    return Lines(
        buffer=buffer,
        number=rows + first,
        spans=found.spans[rows],
        at=found.at[rows],
        status=found.status[rows],
        method=found.method[rows],
        size=found.size[rows],
    )


def _rejects(
    chunk: Chunk, starts: NDArray[np.int64], ends: NDArray[np.intp], found: Found
) -> list[Reject]:
    rows = np.flatnonzero(found.problem)
    columns = (rows, starts[rows], ends[rows], found.problem[rows], found.where[rows])
    rejects, view = [], chunk.data.data
    for row, start, end, problem, where in zip(*(c.tolist() for c in columns), strict=True):
        line = bytes(view[start:end])
        reason = _reason(problem, where, line)
        rejects.append(Reject(chunk.source, chunk.first + row, reason, line))
    return rejects


def _reason(problem: int, where: int, line: bytes) -> str:
    if problem == EMPTY:
        return PROBLEMS[problem]
    saw = line[where : where + SAW].decode("ascii", "backslashreplace")
    return f"{PROBLEMS[problem]}, saw {saw!r} at byte {where}"
