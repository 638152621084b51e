"""Sightings: the distinct picture addresses of a log, cut into pieces to compare."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from access.event import Field, Kind, Outcome
from access.site.file import Renditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from access.batch import Batch

SAMPLE = 200_000  # lines; shapes show long before
PLAIN = re.compile(rb"/[A-Za-z0-9._~!$&'()*+,;=:@/-]*\Z")  # what needs no quoting anywhere
OPAQUE = re.compile(r"(?=[^/]*\d)[A-Za-z0-9_-]{16,}\Z")  # a digest or token, no word
PIXELS = re.compile(r"[a-z]{0,2}\d{2,5}(x\d{0,5})?[a-z]{0,2}\Z", re.IGNORECASE)
YEAR = re.compile(r"(19[6-9]|20[0-3])\d\Z")
HOST = re.compile(rb"([A-Za-z0-9.-]{1,253})(:\d{1,5})?\Z")
DEFAULTS = Renditions()
WORDS = {
    word: name
    for name in ("original", "medium", "thumbnail", "poster", "frame")
    for word in getattr(DEFAULTS, name)
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One distinct target that was, or may have been, a picture."""

    folders: tuple[str, ...]  # the segments before the last
    stem: str  # the last segment without its extension
    extension: str  # with its dot; empty without one
    query: tuple[tuple[str, str], ...]
    count: int  # how often it was asked for
    size: float  # mean bytes of the answer, -1 where not logged
    guessed: bool  # only its look says that it is a picture


@dataclass(slots=True)
class Sample:
    """What the first lines of a log hold."""

    lines: int = 0
    page_hosts: Counter[str] = field(default_factory=Counter)
    picture_hosts: Counter[str] = field(default_factory=Counter)
    clients: Counter[bytes] = field(default_factory=Counter)
    forwarding: Counter[bytes] = field(default_factory=Counter)
    sessions: int = 0
    accounts: int = 0
    heard: int = 0  # lines that show something of the client beside its user agent
    targets: dict[tuple[bytes, bool], list[int]] = field(default_factory=dict)  # count, bytes

    def add(self, batch: Batch) -> None:
        """Look at the rows of a batch, up to SAMPLE in all."""
        text, spans = batch.buffer.tobytes(), batch.spans.tolist()
        rows = zip(
            spans,
            batch.kind.tolist(),
            batch.outcome.tolist(),
            batch.size.tolist(),
            ((batch.bearing | batch.handshake) != 0).tolist(),
            strict=True,
        )
        for row, kind, outcome, size, heard in rows:
            if self.lines == SAMPLE:
                return
            self.lines += 1
            self._add_people(text, row)
            self.heard += heard
            self._add_host(_cut(text, row, Field.HOST), kind)
            if kind in (Kind.PICTURE, Kind.OTHER, Kind.PAGE, Kind.API):
                target = _cut(text, row, Field.TARGET)
                self._add_target(target, outcome, size, guessed=kind != Kind.PICTURE)

    def delivered(self) -> int:
        """Count the delivered requests that the default naming calls pictures."""
        return sum(seen[0] for (_, guessed), seen in self.targets.items() if not guessed)

    def sightings(self) -> list[Sighting]:
        """Cut each distinct target into the pieces that are compared."""
        return list(_sightings(self.targets))

    def _add_people(self, text: bytes, row: list[int]) -> None:
        client = _cut(text, row, Field.CLIENT)
        self.clients[client] += 1
        self.forwarding[client] += _cut(text, row, Field.FORWARDED) not in (b"", b"-")
        self.sessions += _cut(text, row, Field.SESSION) not in (b"", b"-")
        self.accounts += _cut(text, row, Field.ACCOUNT) not in (b"", b"-")

    def _add_host(self, host: bytes, kind: int) -> None:
        found = HOST.match(host)
        if found and kind == Kind.PAGE:
            self.page_hosts[found[1].decode().lower()] += 1
        if found and kind == Kind.PICTURE:
            self.picture_hosts[found[1].decode().lower()] += 1

    def _add_target(self, target: bytes, outcome: int, size: int, *, guessed: bool) -> None:
        if outcome == Outcome.DELIVERED:
            seen = self.targets.setdefault((target, guessed), [0, 0])
            seen[0] += 1
            seen[1] += size


def looks_like_rendition(text: str) -> bool:
    """Tell whether a text alone says a size or a cut: `thumb`, `w640`, `150x150`, no year."""
    return text in WORDS or bool(PIXELS.match(text) and not YEAR.match(text))


def _cut(text: bytes, row: list[int], field: Field) -> bytes:
    return text[row[2 * field] : row[2 * field + 1]]


def _sightings(targets: dict[tuple[bytes, bool], list[int]]) -> Iterator[Sighting]:
    """Leave out what is spelled oddly, and what only might be a picture and does not look it."""
    for (target, guessed), (count, size) in targets.items():
        path, _, query = target.partition(b"?")
        if not PLAIN.match(path) or b"//" in path or b"/." in path:
            continue
        *folders, leaf = path.decode().split("/")[1:]
        stem, dot, extension = leaf.rpartition(".")
        stem, extension = (stem, dot + extension) if stem else (leaf, "")
        pairs = tuple(_pairs(query.decode("latin-1").split("&")))
        if guessed and not (OPAQUE.match(leaf) and (folders or pairs)):
            continue
        yield Sighting(tuple(folders), stem, extension, pairs, count, size / count, guessed)


def _pairs(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Split parameters whose names need no quoting."""
    for part in parts:
        name, _, value = part.partition("=")
        if value and re.fullmatch(r"[A-Za-z0-9_-]{1,32}", name):
            yield name, value
