"""Follow a log that is being written, through rotation and truncation, from where one stopped."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from streams.rotation import identity, relatives, successor
from streams.sources import CHUNK, LONGEST, NEWLINE, chunk

if TYPE_CHECKING:
    from pathlib import Path

    from access.lines import Chunk

LINGER = 25  # looks (5 s): a server writes to the old file until each worker has opened the new one
HEAD = 256  # bytes at the start of a file that tell it from another with the same inode


@dataclass(frozen=True, slots=True)
class Position:
    """Where one stopped: everything before it was delivered, nothing after it."""

    device: int = 0
    inode: int = 0  # 0: no file was seen yet
    offset: int = 0  # bytes
    line: int = 1  # number of the next line, counted on through all rotations
    head: bytes = b""  # the first bytes of the file, at most HEAD


@dataclass(slots=True)
class Follower:
    """A log that is being written: ask it for chunks, and look at `trouble` now and then."""

    path: Path
    position: Position = Position()
    linger: int = LINGER
    trouble: str | None = None  # which lines are known to be missing, and why
    file: int | None = None  # descriptor
    tail: bytes = b""  # read behind `position`, not a whole line yet
    idle: int = 0  # looks since a newer file was there and this one did not grow

    def take(self, number: int, size: int = CHUNK, longest: int = LONGEST) -> Chunk | None:
        """Deliver whole lines, or None where there is nothing new; `position` moves along.

        Sizes are bytes; *number* says which input it is. A line without its newline waits for it
        until its file is rotated or truncated. A line longer than *longest* comes in parts, as it
        does from a Source. Raises OSError where the log is there but cannot be read.
        """
        try:
            return self._look(number, size, longest)
        except FileNotFoundError:  # not there yet, or just being rotated: the next look will tell
            return None

    @property
    def turning(self) -> bool:
        """Whether a newer file waits until nobody writes to this one any more."""
        return self.idle > 0

    def close(self) -> None:
        """Let go of the file; `position` says where to go on."""
        if self.file is not None:
            os.close(self.file)
        self.file, self.tail = None, b""

    def _look(self, number: int, size: int, longest: int) -> Chunk | None:
        """Deliver what is there."""
        file = self._open() if self.file is None else self.file
        if self._rewritten(file):
            return self._leave(number, replace(self.position, offset=0, head=b""))
        grown = os.pread(file, size, self.position.offset + len(self.tail))
        if not grown:
            return self._turn(number, file)
        self.idle = 0
        return self._cut(file, bytearray(self.tail + grown), number, longest)

    def _open(self) -> int:
        """Open the file where one stopped, wherever it was moved, or else the log itself."""
        here = (self.position.device, self.position.inode)
        known = [path for path, status in relatives(self.path) if identity(status) == here]
        self.file = os.open((known or [self.path])[0], os.O_RDONLY | os.O_CLOEXEC)
        if not known and self.position.inode:
            self.trouble = (
                f"{self.path}: the file that was read up to byte {self.position.offset} is gone; "
                "what was written to it after that is missing"
            )
        if not known:
            self.position = top(self.file, self.position.line)
        return self.file

    def _rewritten(self, file: int) -> bool:
        """Notice that the file was cut short, or emptied and written anew."""
        head = self.position.head
        read = self.position.offset + len(self.tail)
        return os.fstat(file).st_size < read or os.pread(file, len(head), 0) != head

    def _cut(self, file: int, block: bytearray, number: int, longest: int) -> Chunk | None:
        """Deliver the whole lines of what was read, keep the rest."""
        first, end = self.position.line, block.rfind(NEWLINE) + 1
        too_long = not end and len(block) >= longest
        if too_long:
            end = len(block) // 2
        self.tail = bytes(block[end:])
        self.position = replace(
            self.position,
            offset=self.position.offset + end,
            line=first + block.count(NEWLINE, 0, end),
            head=os.pread(file, HEAD, 0),
        )
        if too_long:
            return chunk(block[:end] + b"\n", end + 1, number, first)
        return chunk(block, end, number, first) if end else None

    def _turn(self, number: int, file: int) -> Chunk | None:
        """Go on to the file that came after this one, once nobody writes here any more."""
        newer = successor(self.path, os.fstat(file))
        self.idle = self.idle + 1 if newer else 0
        if newer is None or self.idle <= self.linger:
            return None
        self.file = os.open(newer, os.O_RDONLY | os.O_CLOEXEC)
        os.close(file)
        return self._leave(number, top(self.file, self.position.line))

    def _leave(self, number: int, position: Position) -> Chunk | None:
        """Go to another place; what was left without a newline here was a line after all."""
        rest, first = self.tail, self.position.line
        self.tail, self.idle = b"", 0
        self.position = replace(position, line=first + bool(rest))
        return chunk(bytearray(rest + b"\n"), len(rest) + 1, number, first) if rest else None


def top(file: int, line: int) -> Position:
    """Stand at the start of a file."""
    return Position(*identity(os.fstat(file)), 0, line)
