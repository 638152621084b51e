"""Lines: many records in one message, a line of JSON each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.records import ENCODER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from msgspec import Struct

LARGEST = 512 << 10  # bytes of a message; a line that is larger goes alone


def packed(records: Iterable[Struct]) -> Iterator[bytes]:
    """Put records together, as many as a message holds."""
    lines: list[bytes] = []
    size = 0
    for record in records:
        line = ENCODER.encode(record)
        if lines and size + len(line) > LARGEST:
            yield b"\n".join(lines)
            lines, size = [], 0
        lines.append(line)
        size += len(line) + 1
    if lines:
        yield b"\n".join(lines)
