"""Auditing: write down who did what, in a file that only grows; read it back, and the topic."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from typing import TYPE_CHECKING

import msgspec

from evidence.audit import Act, linked
from streams.records import ENCODER
from streams.wire.orders import instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import BinaryIO

    from evidence.audit import Deed

TOPIC = "audit"
CHAIN = "file"
TAIL = 1 << 16  # bytes from the end in which the last act stands; one takes some hundred
DECODER = msgspec.json.Decoder(Act)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which acts are asked for; what is empty asks for all."""

    by: str = ""
    target: str = ""
    what: str = ""
    since: str = ""  # ISO 8601, UTC

    def among(self, acts: Iterable[Act]) -> list[Act]:
        """Find them, the oldest first."""
        found = (act for act in acts if self._meant(act))
        return sorted(found, key=lambda act: act.at)

    def _meant(self, act: Act) -> bool:
        words = ((self.by, act.by), (self.target, act.target), (self.what, act.what))
        return act.at >= self.since and all(word in {"", said} for word, said in words)


@dataclass(frozen=True, slots=True)
class AuditFile:
    """A file that several programs write to, one after the other."""

    path: Path
    now: Callable[[], float]  # seconds since 1970 by the clock

    def write(self, deed: Deed) -> Act:
        """Put a deed behind the last one, on disk; OSError where that cannot be."""
        opened = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(opened, "a+b") as file:
            flock(file, LOCK_EX)
            torn, last = tail(file)
            act = linked(deed, instant(int(self.now() * 1000)), CHAIN, last)
            file.write((b"\n" if torn else b"") + ENCODER.encode_lines([act]))
            file.flush()
            os.fsync(file.fileno())
        return act

    def acts(self) -> list[Act]:
        """Read all; ValueError names a line that is no act."""
        if not self.path.exists():
            return []
        lines = self.path.read_bytes().splitlines()
        return [self._act(number, line) for number, line in enumerate(lines, 1)]

    def _act(self, number: int, line: bytes) -> Act:
        try:
            return DECODER.decode(line)
        except msgspec.DecodeError as error:
            msg = f"{self.path}: line {number}: expected an act, saw {line[:40]!r} ({error})"
            raise ValueError(msg) from None


def tail(file: BinaryIO) -> tuple[bool, Act | None]:
    """Find the last whole act, and whether a line behind it was broken off."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - TAIL, 0))
    lines = file.read().split(b"\n")
    for line in reversed(lines[:-1]):
        try:
            return bool(lines[-1]), DECODER.decode(line)
        except msgspec.DecodeError:
            continue
    return bool(lines[-1]), None


def read_acts(records: Iterable[bytes]) -> list[Act]:
    """Read records of the topic; one that nobody can read breaks the chain, and is left out."""
    found = []
    for record in records:
        try:
            found.append(DECODER.decode(record))
        except msgspec.DecodeError:
            continue
    return found
