"""Lines: what the scanners found in the bytes that came, before anyone asks what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from access.problems import reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole lines of one input, as they came, and where they stood in it."""

    data: NDArray[np.uint8]  # whole lines, each ended by a newline byte
    source: int  # which input, an index into the replay's list of names
    first: int  # line number of the first line, from 1
    room: NDArray[np.uint8] | None = None  # *data* and PAD bytes more, where they need no copying


class Reject(NamedTuple):
    """A line that could not be read, kept byte for byte.

    A tuple, for a log may hold nothing else, and they are made five times as fast.
    """

    source: int  # which input, an index into the replay's list of names
    number: int  # line number in that input, from 1
    problem: int  # a code of `access.problems`
    where: int  # the byte at which the problem is, from 0
    line: bytes  # without its newline

    @property
    def reason(self) -> str:
        """Say what was expected, what was seen, at which byte."""
        return reason(self.problem, self.where, self.line)


@dataclass(frozen=True, slots=True)
class Lines:
    """The readable lines of a chunk, by column (see Batch for the meaning of each)."""

    buffer: NDArray[np.uint8]
    spans: NDArray[np.int32]  # (rows, 2 * FIELDS)
    number: NDArray[np.int64]
    at: NDArray[np.int64]
    status: NDArray[np.int16]
    method: NDArray[np.uint8]
    size: NDArray[np.int64]
    protocol: NDArray[np.uint8]
    said: NDArray[np.uint64]  # see Found
    handshake: NDArray[np.uint64]
