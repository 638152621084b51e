"""Stars: cover a text in a log line wherever it stands there, however the line spells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STAR = b"*"
DEEPEST = 3  # times that a line is found inside JSON inside JSON …; shippers do it once or twice
_JSON = re.compile(rb"\\(?:u[Dd][89ABab]..\\u[Dd][C-Fc-f]..|u....|[^u])", re.DOTALL)
_CODED = {mark: re.compile(mark + rb"[0-9A-Fa-f]{2}") for mark in (b"%", b"#")}
_LETTERS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"f": b"\f"}


class Spelling(NamedTuple):
    """What a line says once it is decoded, and where each byte of that stands in the line."""

    said: bytes
    places: list[int]  # of each byte, and of the end

    def spans(self, text: bytes, *, apart: bool) -> Iterator[tuple[int, int]]:
        """Find a text, with *apart* only where no letter or digit touches it."""
        edges = (rb"(?<![0-9A-Za-z])", rb"(?![0-9A-Za-z])") if apart else (b"", b"")
        for match in re.finditer(re.escape(text).join(edges), self.said):
            end = match.end()
            while self.places[end] == self.places[end - 1]:  # the rest of one escape
                end += 1
            yield self.places[match.start()], self.places[end]

    def decoded(self, escape: re.Pattern[bytes], meant: Callable[[bytes], bytes]) -> Spelling:
        """Write out every escape of one kind, once."""
        said, places, last = bytearray(), [], 0
        for match in escape.finditer(self.said):
            plain, written = self.said[last : match.start()], meant(match[0])
            said += plain + written
            places += self.places[last : match.start()]
            places += [self.places[match.start()]] * len(written)
            last = match.end()
        return Spelling(bytes(said) + self.said[last:], places + self.places[last:])


def spans(line: bytes, text: bytes, *, apart: bool = False) -> set[tuple[int, int]]:
    r"""Find a text in a line: as it is, behind JSON's escapes, as %XX (or #XX) inside of those."""
    found: set[tuple[int, int]] = set()
    spelling = Spelling(line, list(range(len(line) + 1)))
    for _ in range(DEEPEST + 1):
        found.update(spelling.spans(text, apart=apart))
        for mark, escape in _CODED.items():
            if mark in spelling.said:
                found.update(spelling.decoded(escape, _byte).spans(text, apart=apart))
        if b"\\" not in spelling.said:
            break
        spelling = spelling.decoded(_JSON, _json)
    return found


def covered(line: bytes, places: Iterable[tuple[int, int]]) -> bytes:
    """Put a star over every byte of these places."""
    for start, end in places:
        line = line[:start] + STAR * (end - start) + line[end:]
    return line


def _byte(coded: bytes) -> bytes:
    return bytes([int(coded[1:], 16)])


def _json(escape: bytes) -> bytes:
    """Tell what a JSON escape stands for; half of a pair is U+FFFD, what is no escape stays."""
    if escape[1:2] != b"u":
        return _LETTERS.get(escape[1:], escape[1:])
    try:
        units = bytes.fromhex(escape.replace(b"\\u", b"").decode("ascii"))
    except ValueError:
        return escape
    return units.decode("utf-16-be", "replace").encode()
