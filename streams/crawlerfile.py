"""Crawler file: from where known crawlers come, dated and hashed; judging reads it, never the net.

`hedgerow refresh` writes the ranges that crawlers publish, `hedgerow verify` what names said of
addresses. Whoever judges reads it at the start, so that a replay and every shard decide the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Self

import msgspec

from access.addresses import as_network
from access.site.origins import Origin
from streams.outputs import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = 86_400  # seconds
STALE = 30 * DAY  # seconds; chosen: lists grow every few weeks, see `crawlers.fresh`


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one crawler."""

    ranges: tuple[str, ...] = ()  # CIDRs as published, sorted
    fetched: datetime | None = None  # when they were
    lists: tuple[str, ...] = ()  # from where
    confirmed: dict[str, datetime] = field(default_factory=dict)  # address → when to ask again
    denied: dict[str, datetime] = field(default_factory=dict)

    @property
    def origin(self) -> Origin:
        """Leave out what judging does not need."""
        fetched = int(self.fetched.timestamp()) if self.fetched else 0
        return Origin(
            self.ranges, fetched, tuple(sorted(self.confirmed)), tuple(sorted(self.denied))
        )


@dataclass(frozen=True, slots=True)
class CrawlerFile:
    """All of the file."""

    crawlers: dict[str, Entry] = field(default_factory=dict)  # by token
    hash: str = ""  # of `crawlers`, so that a torn or edited file is seen

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file, empty where there is none yet; ValueError says what is wrong with it."""
        return cls.of(path.read_bytes(), str(path)) if path.exists() else cls()

    @classmethod
    def of(cls, data: bytes, name: str) -> Self:
        """Read the bytes of the file called *name*."""
        try:
            file = msgspec.json.decode(data, type=cls)
            for _ in map(as_network, file.addresses()):
                pass
        except (msgspec.MsgspecError, ValueError) as error:
            msg = f"{name}: {error}; `hedgerow refresh` writes a new one once this is moved away"
            raise ValueError(msg) from None
        if file.hash != file.digest():
            msg = (
                f"{name}: its hash is {file.digest()}, not {file.hash!r}: torn, or changed by hand"
            )
            raise ValueError(msg)
        return file

    def write(self, path: Path) -> None:
        """Put the file in the place of the former one, whole or not at all."""
        whole = replace(self, hash=self.digest())
        replace_file(path, msgspec.json.format(msgspec.json.encode(whole, order="sorted")) + b"\n")

    def digest(self) -> str:
        """Name what the file says: 16 hex digits."""
        said = msgspec.json.encode(self.crawlers, order="sorted")
        return blake2b(said, digest_size=8).hexdigest()

    def origins(self) -> dict[str, Origin]:
        """Give what judging needs, by token."""
        return {token: entry.origin for token, entry in self.crawlers.items()}

    def addresses(self) -> Iterator[str]:
        """List every address and CIDR in it."""
        for entry in self.crawlers.values():
            yield from (*entry.ranges, *entry.confirmed, *entry.denied)

    def oldest(self, now: int) -> int | None:
        """Tell the age of the oldest list in seconds; None without lists."""
        read = [int(e.fetched.timestamp()) for e in self.crawlers.values() if e.fetched]
        return now - min(read) if read else None


def moment_of(seconds: int) -> datetime:
    """Turn seconds since 1970 UTC into what the file holds."""
    return datetime.fromtimestamp(seconds, UTC)
