"""Pages: each feed as it is served, written once for all who ask until something changes."""

from __future__ import annotations

import asyncio
import gzip
from collections import OrderedDict
from dataclasses import dataclass
from email.utils import formatdate
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

from enforcement.standing import Standing
from feeds.granting import ALL, granted

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.feed import Feed
    from feeds.wish import Wish
    from streams.posted import Posted

    Asked: TypeAlias = tuple[str, Wish]  # a feed's name, and what of it

LEVEL = 6  # of gzip; a list is packed once and sent often
REST = 0.2  # seconds between two writings at most; an undo is everywhere in two
ROOM = 256 << 20  # bytes of pages kept; chosen: all feeds of 100,000 entries, and some wishes


@dataclass(frozen=True, slots=True)
class Page:
    """A feed's bytes, and what is said of them."""

    media: str
    body: bytes
    packed: bytes  # the same, by gzip
    tag: str  # equal for equal bytes, without quotes
    modified: str  # as in Last-Modified
    count: int  # CIDRs told
    set: str  # their name
    left_out: int  # CIDRs that did not fit into what was asked for

    @property
    def size(self) -> int:
        """Say how many bytes it holds."""
        return len(self.body) + len(self.packed)


class Pages:
    """Writes a feed anew when what is in force has changed, once for all who wait for it."""

    def __init__(self, posted: Posted, now: Callable[[], float]) -> None:
        """Serve *posted*; *now* gives seconds since 1970 by the clock."""
        self.posted, self.now = posted, now
        self._standing: tuple[int, Standing] = (-1, Standing.of(()))  # with its version
        self._pages: OrderedDict[Asked, tuple[int, Page]] = OrderedDict()  # with their versions
        self._one = asyncio.Lock()  # writes at a time: more would only take turns, and memory
        self._rested = 0.0  # when the next may begin, by the loop's clock

    async def page(self, feed: Feed, wish: Wish = ALL) -> Page:
        """Give a feed, or the part of it that is wished for, as of now."""
        asked, version = (feed.name, wish), self.posted.version
        if (known := self._known(asked, version)) is None:
            async with self._one:
                # One that was true when it was asked for is good enough: else, while changes come
                # quicker than pages are written, all who wait would write one each.
                if (known := self._known(asked, version)) is None:
                    known = await self._in_turn(feed, wish)
        return known

    async def _in_turn(self, feed: Feed, wish: Wish) -> Page:
        """Write a page, after as long a rest as the last one took, so that others get a turn."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(self._rested - loop.time(), 0.0))
        began = loop.time()
        page = await self._written(feed, wish)
        ended = loop.time()
        self._rested = ended + min(ended - began, REST)
        return page

    async def standing(self) -> tuple[int, Standing]:
        """Give what is in force, with its version, worked out once for all."""
        version = self.posted.version
        if self._standing[0] != version:
            held = self.posted.entries()
            self._standing = version, await asyncio.to_thread(Standing.of, held)
        return self._standing

    def _known(self, asked: Asked, wanted: int) -> Page | None:
        """Give a page that is no older than a version, and remember that it was asked for."""
        version, page = self._pages.get(asked, (-1, None))
        if page is None or version < wanted:
            return None
        self._pages.move_to_end(asked)
        return page

    async def _written(self, feed: Feed, wish: Wish) -> Page:
        """Write a page; the one asked for longest ago makes room."""
        asked = feed.name, wish
        version, standing = await self.standing()
        former = self._pages.get(asked, (-1, None))[1]
        modified = formatdate(self.now(), usegmt=True)
        page = await asyncio.to_thread(written, feed, standing, wish, former, modified)
        self._pages[asked] = version, page
        self._pages.move_to_end(asked)
        while len(self._pages) > 1 and sum(p.size for _, p in self._pages.values()) > ROOM:
            self._pages.popitem(last=False)
        return page


def written(feed: Feed, standing: Standing, wish: Wish, former: Page | None, modified: str) -> Page:
    """Write a page, or keep the former one where no byte has changed."""
    part = granted(standing, wish)
    body = feed.render(part)
    if former and former.body == body:
        return former
    return Page(
        media=feed.media,
        body=body,
        packed=gzip.compress(body, LEVEL, mtime=0),
        tag=blake2b(body, digest_size=8).hexdigest(),
        modified=modified,
        count=len(part.refused),
        set=part.name,
        left_out=part.left_out,
    )
