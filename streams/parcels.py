"""Parcels: cut whole lines into messages of a size that Kafka carries well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from streams.records import RawReject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from access.lines import Chunk

MIB = 1 << 20
ALONE = MIB  # bytes; a line up to here travels, alone where it must; a longer one is no log line
PIECE = MIB // 2  # bytes of a line that is too long; as base64 in JSON it stays below 1 MiB
REJECTS = "rejects"


class Parcel(NamedTuple):
    """A message to be."""

    topic: str
    key: bytes | None
    value: bytes
    lines: int  # how many lines end in it

    @property
    def reject(self) -> bool:
        """Whether it is a piece of a line that is too long."""
        return self.key is not None


@dataclass(frozen=True, slots=True)
class Packing:
    """How big a message may be."""

    topic: str
    most: int = MIB // 4  # bytes, newlines included; carries 40 times what a line a message does
    lines: int | None = None  # … and lines

    def parcels(self, chunk: Chunk, name: str) -> Iterator[Parcel]:
        """Cut a chunk of the input *name* into messages, in order.

        Each holds whole lines with their newlines; a line that is longer than `most` has a message
        for itself. One that is longer than ALONE goes to the rejects, byte for byte, in pieces.
        """
        data, start, number = chunk.data.tobytes(), 0, chunk.first
        while start < len(data):
            end = data.rfind(b"\n", start, start + self.most) + 1 or data.find(b"\n", start) + 1
            if self.lines:
                end = min(end, nth(data, start, self.lines))
            if end - start > max(self.most, ALONE + 1):
                yield from pieces(data[start : end - 1], name, number)
            else:
                value = data[start:end]
                yield Parcel(self.topic, None, value, value.count(b"\n"))
            number += data.count(b"\n", start, end)
            start = end


def nth(data: bytes, start: int, lines: int) -> int:
    """Find where the last of so many lines ends; they end where *data* does."""
    end = start
    for _ in range(lines):
        end = data.find(b"\n", end) + 1 or len(data)
    return end


def pieces(line: bytes, name: str, number: int) -> Iterator[Parcel]:
    """Write a line that is too long to the rejects: pieces that are the line when joined."""
    for start in range(0, len(line), PIECE):
        piece = line[start : start + PIECE]
        reason = f"longer than 1 MiB; these are bytes {start} to {start + len(piece)}"
        record = RawReject(name, number, reason, piece)
        key = f"{name}:{number}:{start}".encode()
        ends = start + len(piece) == len(line)
        yield Parcel(REJECTS, key, msgspec.json.encode(record), int(ends))
