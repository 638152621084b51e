"""Traffic: play a log at the pace of its own times, cut into messages as shippers send them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

LARGEST = 256 << 10  # bytes of a message: what broker and client carry cheapest
NEWLINE = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that are sent together, when the last of them is written."""

    due: int  # milliseconds since 1970, in the log's own time
    lines: bytes


def pieces(blocks: Iterable[bytes], at: NDArray[np.int64], window: int) -> Iterator[Piece]:
    """Cut a log where *window* milliseconds of its time are over, and where LARGEST bytes are full.

    *blocks* hold whole lines; *at* is the time of each line, in order, in milliseconds since 1970.
    A line longer than LARGEST goes alone.
    """
    told = 0
    for block in blocks:
        ends = np.flatnonzero(np.frombuffer(block, np.uint8) == NEWLINE) + 1
        times = at[told : told + len(ends)]
        told += len(ends)
        start = 0
        for last in np.flatnonzero(np.diff(times // window, append=-1)).tolist():
            due = int(times[last] // window + 1) * window
            for stop in cuts(ends, start, int(ends[last])):
                yield Piece(due, block[start:stop])
                start = stop


def cuts(ends: NDArray[np.int64], start: int, stop: int) -> Iterator[int]:
    """Give the offsets that cut start:stop at ends of lines into parts of LARGEST bytes at most."""
    while stop - start > LARGEST:
        first, after = np.searchsorted(ends, (start, start + LARGEST), side="right")
        start = int(ends[max(first, after - 1)])
        yield start
    if stop > start:
        yield stop


@dataclass(frozen=True, slots=True)
class Pace:
    """When what is due on the clock of a log is due on the clock of the wall."""

    start: int  # seconds since 1970, of the log's beginning, on its own clock
    begun: float  # … and on the wall
    speed: float = 1.0  # seconds of the log in a second on the wall

    @classmethod
    def ending_now(cls, now: float, hours: float, speed: float = 1.0) -> Self:
        """Begin a log of *hours* so that it ends in the present; at speed 1 all of it is.

        *now* is in seconds since 1970. It never runs ahead of the wall: what other logs say later
        would be taken for late.
        """
        past = hours * 3600 * (1 - 1 / speed)
        start = int(now - past) + 1
        return cls(start, start + past, speed)

    def wait(self, due: int, now: float) -> float:
        """Say how many seconds from *now* a piece is due; 0 if it is overdue."""
        return max(0.0, self.begun + (due / 1000 - self.start) / self.speed - now)
