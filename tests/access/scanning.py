"""Scan lines in a test and look at what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.batch import PAD
from access.event import Field
from access.formats.sample import Sample
from access.lines import Chunk, Lines, Reject
from access.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Sequence

SCANNER = Scanner()


def scan(*lines: bytes, scanner: Scanner = SCANNER, first: int = 1) -> tuple[Lines, list[Reject]]:
    """Scan a chunk of *lines*, which are given without their newlines."""
    data = b"".join(line + b"\n" for line in lines)
    return scanner.scan(Chunk(np.frombuffer(data, np.uint8), source=3, first=first))


def text(lines: Lines, row: int, field: Field) -> bytes:
    """Cut one field of one row out of the buffer."""
    start, stop = lines.spans[row, 2 * field], lines.spans[row, 2 * field + 1]
    assert 0 <= start <= stop <= len(lines.buffer) - PAD
    return lines.buffer[start:stop].tobytes()


def read(line: bytes, scanner: Scanner = SCANNER) -> Sample:
    """Read the one *line* there is; fail with its reason when it is a reject."""
    lines, rejects = scan(line, scanner=scanner)
    assert not rejects, rejects[0].reason
    return sample(lines, 0)


def sample(lines: Lines, row: int) -> Sample:
    """Say a row in the words of a Sample."""
    texts = {field: text(lines, row, field) for field in Field}
    return Sample(
        line=texts.pop(Field.LINE),
        at=int(lines.at[row]),
        method=lines.method[row],
        status=int(lines.status[row]),
        size=int(lines.size[row]),
        texts={field: value for field, value in texts.items() if value},
    )


def reason(line: bytes, scanner: Scanner = SCANNER) -> str:
    """Say why *line* cannot be read; fail when it can."""
    lines, rejects = scan(line, scanner=scanner)
    assert len(lines.at) == 0
    assert [r.line for r in rejects] == [line]
    return rejects[0].reason


def account_for(sent: Sequence[bytes], lines: Lines, rejects: list[Reject]) -> list[bytes]:
    """Put the lines that were read and those that were not back into their order."""
    there = {int(n): text(lines, row, Field.LINE) for row, n in enumerate(lines.number)}
    refused = {reject.number: reject.line for reject in rejects}
    assert not there.keys() & refused.keys()
    return [(there | refused)[number] for number in range(1, len(sent) + 1)]
