"""Found: what the scanners write down about every line of a chunk, readable or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.event import FIELDS

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Found(NamedTuple):
    """Columns over all lines of a chunk, written in place; row i is line i (see Batch).

    A row with a problem is a reject, whatever else stands in it. A tuple, as numba takes one.
    """

    spans: NDArray[np.int32]  # (lines, 2 * FIELDS)
    at: NDArray[np.int64]  # (lines,) milliseconds since 1970 UTC
    status: NDArray[np.int16]  # (lines,)
    method: NDArray[np.uint8]  # (lines,) Method
    size: NDArray[np.int64]  # (lines,) bytes of the answer, -1 when absent
    protocol: NDArray[np.uint8]  # (lines,) Protocol
    said: NDArray[np.uint64]  # (lines,) what headers show, see `access.kernels.bearing`
    handshake: NDArray[np.uint64]  # (lines,) hash of how TLS began, 0 when absent
    problem: NDArray[np.int32]  # (lines,) 0 = fine; 1..99 text, 100..199 JSON
    where: NDArray[np.int32]  # (lines,) offset of the problem in the line, from 0

    @classmethod
    def of(cls, lines: int) -> Found:
        """Make room for so many lines; a scanner writes all that it will be asked about."""
        return cls(
            spans=np.empty((lines, 2 * FIELDS), np.int32),
            at=np.empty(lines, np.int64),
            status=np.empty(lines, np.int16),
            method=np.empty(lines, np.uint8),
            size=np.empty(lines, np.int64),
            protocol=np.empty(lines, np.uint8),
            said=np.empty(lines, np.uint64),
            handshake=np.empty(lines, np.uint64),
            problem=np.empty(lines, np.int32),
            where=np.empty(lines, np.int32),
        )

    def take(self, rows: NDArray[np.intp]) -> Found:
        """Copy some rows."""
        return Found._make(column.take(rows, axis=0) for column in self)
