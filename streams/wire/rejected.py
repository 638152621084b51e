"""Rejected: a line that could not be read, as it stands in the topic of rejects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import msgspec

if TYPE_CHECKING:
    from access.lines import Reject


class Rejected(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a line stood in access-log, why it could not be read, and the line, byte for byte."""

    partition: int
    offset: int
    line: int  # in that record, from 1
    reason: str
    text: str | None = None
    base64: bytes | None = None  # written as base64, where it is no text

    @classmethod
    def of(cls, partition: int, place: tuple[int, int], reject: Reject) -> Self:
        """Write down a reject; *place* is its offset, and its line there."""
        try:
            return cls(partition, *place, reject.reason, text=str(reject.line, "utf-8"))
        except UnicodeDecodeError:
            return cls(partition, *place, reject.reason, base64=reject.line)
