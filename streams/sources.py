"""Open a log (a file, compressed, Parquet or plain, or standard input); cut it into whole lines."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from errno import ESPIPE
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

import numpy as np

from access.batch import PAD
from access.kernels.split import newlines
from access.lines import Chunk
from streams.unfolding import MAGIC, Plain, Unfolded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.tabled import Tabled

PARQUET = b"PAR1"  # what such a file begins with
CHUNK = 8 << 20  # bytes; what a chunk costs by itself vanishes, and it still fits into memory
LONGEST = 16 << 20  # bytes; a line beyond this is delivered in parts
NEWLINE = 10
NOWHERE = np.empty(0, np.int64)  # counts newlines without keeping their places


class Source(Protocol):
    """One input of a replay: read it once, by `chunks`, then look whether there was `trouble`."""

    name: str
    size: int  # bytes on disk, 0 where nobody knows
    trouble: str | None  # why reading ended early, and at which byte

    @property
    def position(self) -> int:
        """Count the bytes read from disk so far, to be compared with `size`."""

    def chunks(self, number: int, size: int = CHUNK, longest: int = LONGEST) -> Iterator[Chunk]:
        """Cut the input into whole lines; *number* says which input of the replay it is."""


@dataclass(slots=True)
class Stored:
    """A source that ends: a file or a pipe."""

    name: str
    size: int  # bytes on disk, 0 where nobody knows (a pipe)
    reader: Plain | Unfolded | Tabled
    trouble: str | None = None  # why reading ended early, and at which byte

    @property
    def position(self) -> int:
        """Count the bytes read from disk so far, to be compared with `size`."""
        return self.reader.position

    def chunks(self, number: int, size: int = CHUNK, longest: int = LONGEST) -> Iterator[Chunk]:
        """Cut the input into whole lines; *number* says which input of the replay it is.

        Sizes are bytes. A last line without newline gets one. A line longer than *longest* comes
        in parts: each is a chunk with the same line number and is longer than *longest* / 2;
        without their last newlines and joined, the parts are the line.
        """
        first, held = 1, b""
        while True:
            wanted = max(size, min(2 * len(held), longest))
            block = bytearray(wanted + PAD)
            block[: len(held)] = held
            filled = self._fill(memoryview(block)[:wanted], len(held))
            if filled < wanted:
                self.reader.file.close()
                yield from last(block, filled, number, first)
                return
            end = block.rfind(NEWLINE, 0, filled) + 1
            if end:
                yield chunk(block, end, number, first)
                first += newlines(np.frombuffer(block, np.uint8), end, NOWHERE)
            elif filled >= longest:
                end = filled // 2
                yield chunk(block[:end] + b"\n", end + 1, number, first)
            held = bytes(block[end:filled])

    def _fill(self, view: memoryview, filled: int) -> int:
        """Read until *view* is full or the input ends, well or badly."""
        try:
            while filled < len(view) and (count := self.reader.readinto(view[filled:])):
                filled += count
        except OSError as error:
            self.trouble = f"{error}; what came before it was read"
        return filled


def chunk(block: bytearray, end: int, number: int, first: int) -> Chunk:
    """Show the first *end* bytes of a block as a chunk, without copying."""
    room = np.frombuffer(block, np.uint8, end + PAD) if end + PAD <= len(block) else None
    return Chunk(np.frombuffer(block, np.uint8, end), number, first, room)


def last(block: bytearray, filled: int, number: int, first: int) -> Iterator[Chunk]:
    """Deliver the end of an input; there is room for the newline it may lack."""
    if filled and block[filled - 1] != NEWLINE:
        block[filled] = NEWLINE
        filled += 1
    if filled:
        yield chunk(block, filled, number, first)


def open_source(name: str) -> Stored:
    """Open a path, or standard input for "-"; raises OSError."""
    file: BinaryIO = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115 - read later, and closed at its end
    status = os.fstat(file.fileno())
    head = file.peek(4)  # type: ignore[attr-defined]  # both are BufferedReaders
    reader: Plain | Unfolded | Tabled
    if head.startswith(PARQUET):
        reader = _tabled(file, name, status.st_size)
        return Stored(name, status.st_size, reader)
    starts = [start for magic, start in MAGIC.items() if head.startswith(magic)]
    reader = Unfolded(file, starts[0]) if starts else Plain(file)
    return Stored("standard input" if name == "-" else name, status.st_size, reader)


def _tabled(file: BinaryIO, name: str, size: int) -> Tabled:
    """Read Parquet, which begins at its end."""
    from streams.tabled import Tabled  # noqa: PLC0415 - loading it takes a tenth of a second

    if not file.seekable():
        msg = "Parquet cannot be read from a pipe"
        raise OSError(ESPIPE, msg, name)
    return Tabled(file, size)
