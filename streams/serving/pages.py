"""Pages: each feed as it is served, written once for all who ask until something changes."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass
from email.utils import formatdate
from hashlib import blake2b
from typing import TYPE_CHECKING

from enforcement.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from enforcement.standing import Entry
    from feeds.feed import Feed
    from streams.posted import Posted

LEVEL = 6  # of gzip; a list is packed once and sent often


@dataclass(frozen=True, slots=True)
class Page:
    """A feed's bytes, and what is said of them."""

    media: str
    body: bytes
    packed: bytes  # the same, by gzip
    tag: str  # equal for equal bytes, without quotes
    modified: str  # as in Last-Modified
    count: int  # refused CIDRs
    set: str  # their name


class Pages:
    """Writes a feed anew when what is in force has changed, once for all who wait for it."""

    def __init__(self, posted: Posted, now: Callable[[], float]) -> None:
        """Serve *posted*; *now* gives seconds since 1970 by the clock."""
        self.posted, self.now = posted, now
        self._pages: dict[str, tuple[int, Page]] = {}  # feed's name → version, page
        self._locks: dict[str, asyncio.Lock] = {}

    async def page(self, feed: Feed) -> Page:
        """Give a feed as of now."""
        async with self._locks.setdefault(feed.name, asyncio.Lock()):
            version, former = self._pages.get(feed.name, (-1, None))
            if former is None or version != self.posted.version:
                version, entries = self.posted.version, self.posted.entries()
                modified = formatdate(self.now(), usegmt=True)
                former = await asyncio.to_thread(written, feed, entries, former, modified)
                self._pages[feed.name] = version, former
        return former


def written(feed: Feed, entries: list[Entry], former: Page | None, modified: str) -> Page:
    """Write a page, or keep the former one where no byte has changed."""
    standing = Standing.of(entries)
    body = feed.render(standing)
    if former and former.body == body:
        return former
    return Page(
        media=feed.media,
        body=body,
        packed=gzip.compress(body, LEVEL, mtime=0),
        tag=blake2b(body, digest_size=8).hexdigest(),
        modified=modified,
        count=len(standing.refused),
        set=standing.name,
    )
