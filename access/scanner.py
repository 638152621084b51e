"""Scanner: turns a chunk of log, any mix of formats, into readable lines and rejects."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from access.batch import PAD
from access.carried import BRACE, scan_objects
from access.formats import GROUPS
from access.found import Found
from access.kernels.hashing import words_of
from access.kernels.headers import unwrap
from access.kernels.scan_text import NO_ROOM, scan_text
from access.kernels.sheet import PLACES
from access.kernels.split import newlines, split
from access.lines import Chunk, Lines, Reject
from access.plan import Plan
from access.problems import SAW
from access.wrapped import keep_whole, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from access.layouts import Layout

    Cut = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]  # starts, stops, opens

NEWLINE = ord("\n")
ROOM = 2  # times a chunk; what stays untouched costs no memory
LARGEST = 1 << 29  # bytes of a chunk; three times that still fit the spans' 31 bits


class Scanner:
    """Reads chunks; not to be shared by threads, for it uses its memory again."""

    def __init__(
        self, own: Sequence[Layout] = (), known: Sequence[Sequence[Layout]] = GROUPS
    ) -> None:
        """Read text by a site's *own* layouts, then by *known* ones, and JSON by its keys."""
        self._plan = Plan.of(own, *known)
        self._own = Plan.of(own)
        self._writes = False  # a text line had to be decoded once, so others will have to be
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
        heads, wrapped = unwrap(buffer, words_of(buffer), starts, stops, opens)
        found, free, top = Found.of(len(ends)), used + PAD, NO_ROOM
        if wrapped and len(self._own.chains):
            roomy, own = _room(chunk.data, ROOM * free), (self._own, self._sheet)
            keep_whole(roomy, words_of(roomy), starts, heads, stops, opens, own, free)
        lines = (heads, stops, opens)
        if not (self._writes or (opens == BRACE).any()):
            top = self._read(buffer, lines, found, free)
        if top == NO_ROOM:
            buffer = _room(chunk.data, ROOM * free)
            top = self._read(buffer, lines, found, free)
            buffer = _padded(buffer, top)
        if wrapped:
            settle(found, starts, heads, stops)
        return _sorted(chunk, buffer, ends, heads, found)

    def _read(self, buffer: NDArray[np.uint8], lines: Cut, found: Found, free: int) -> int:
        """Fill *found*; return the first byte still free, or NO_ROOM where that was lacking."""
        words, text = words_of(buffer), (self._plan, self._sheet)
        free = scan_text(buffer, words, *lines, *text, found, free)
        self._writes |= free == NO_ROOM
        starts, stops, opens = lines
        objects = np.flatnonzero(opens == BRACE)
        if len(objects) == 0 or free == NO_ROOM:
            return free
        return scan_objects(buffer, words, starts, stops, objects, text, self._own, found, free)

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


def _padded(buffer: NDArray[np.uint8], top: int) -> NDArray[np.uint8]:
    buffer[top : top + PAD] = 0
    return buffer[: top + PAD]


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
    spans, at, status, method, size, protocol, said, handshake, _, _ = found
    known = (at, status, method, size, protocol, said, handshake)
    return Lines(buffer, spans, number, *known), rejects


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
