"""Batch: many requests, by column."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from access.event import FIELDS, Field

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAD = 64  # bytes behind the text that may be read, so that kernels look ahead without asking


@dataclass(frozen=True, slots=True)
class Batch:
    """Requests by column; row i of every column is the same request.

    Text is not copied out of the bytes that came: `spans[i, 2 * f]` and `spans[i, 2 * f + 1]` are
    the start and end of field `f` in `buffer` (equal where the field is absent). Hashes are
    `access.kernels.hashing` values keyed per platform; 0 means absent or unknown everywhere.
    """

    buffer: NDArray[np.uint8]  # the bytes the spans point into, and PAD more that mean nothing
    spans: NDArray[np.int32]  # (rows, 2 * FIELDS)
    source: NDArray[np.int32]  # (rows,) which input the line came from
    number: NDArray[np.int64]  # (rows,) line number in that input, from 1
    at: NDArray[np.int64]  # (rows,) event time, milliseconds since 1970 UTC
    status: NDArray[np.int16]  # (rows,) HTTP status, 0 when absent
    method: NDArray[np.uint8]  # (rows,) Method
    size: NDArray[np.int64]  # (rows,) bytes of the answer, -1 when absent
    address: NDArray[np.uint64]  # (rows,) true client, `access.addresses` key; 0 = nobody
    kind: NDArray[np.uint8]  # (rows,) Kind
    rendition: NDArray[np.uint8]  # (rows,) Rendition
    outcome: NDArray[np.uint8]  # (rows,) Outcome
    referrer: NDArray[np.uint8]  # (rows,) Referrer
    picture: NDArray[np.uint64]  # (rows,) which picture, whatever its rendition; see access.things
    owner: NDArray[np.uint64]  # (rows,) whose picture it is
    album: NDArray[np.uint64]  # (rows,) which album it is in
    serial: NDArray[np.int64]  # (rows,) the number in the picture's address, -1 without one
    series: NDArray[np.uint64]  # (rows,) the picture's address without that number
    agent: NDArray[np.uint64]  # (rows,) hash of the user agent's text
    claim: NDArray[np.uint32]  # (rows,) what the user agent claims to be, see `access.claims`
    bearing: NDArray[np.uint16]  # (rows,) what its headers show, see `access.bearing`
    handshake: NDArray[np.uint64]  # (rows,) how it began TLS, where a log tells
    session: NDArray[np.uint64]  # (rows,)
    account: NDArray[np.uint64]  # (rows,)
    own: NDArray[np.bool_]  # (rows,) the account asked for its own picture

    def __len__(self) -> int:
        """Count the requests."""
        return len(self.at)

    def text(self, row: int, field: Field) -> bytes:
        """Cut one field of one request out of the bytes that came."""
        start, end = self.spans[row, 2 * field], self.spans[row, 2 * field + 1]
        return self.buffer[start:end].tobytes()

    def take(self, rows: NDArray[np.intp] | slice) -> Self:
        """Pick requests by row number; the bytes are shared, not copied."""
        return replace(
            self,
            **{f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name != "buffer"},
        )

    @classmethod
    def empty(cls) -> Self:
        """Make a batch without requests."""
        return cls(
            buffer=np.zeros(PAD, np.uint8),
            spans=np.zeros((0, 2 * FIELDS), np.int32),
            **{name: np.zeros(0, dtype) for name, dtype in COLUMNS.items()},
        )


COLUMNS: dict[str, type[np.generic]] = {
    "source": np.int32,
    "number": np.int64,
    "at": np.int64,
    "status": np.int16,
    "method": np.uint8,
    "size": np.int64,
    "address": np.uint64,
    "kind": np.uint8,
    "rendition": np.uint8,
    "outcome": np.uint8,
    "referrer": np.uint8,
    "picture": np.uint64,
    "owner": np.uint64,
    "album": np.uint64,
    "serial": np.int64,
    "series": np.uint64,
    "agent": np.uint64,
    "claim": np.uint32,
    "bearing": np.uint16,
    "handshake": np.uint64,
    "session": np.uint64,
    "account": np.uint64,
    "own": np.bool_,
}
