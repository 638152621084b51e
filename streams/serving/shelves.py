"""Shelves: what is in force as TAXII collections, each filled when somebody asks for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from feeds.granting import granted
from feeds.identifier import identifier
from feeds.shelf import Shelf
from feeds.stix import objects
from feeds.wish import WORDS, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from enforcement.standing import Standing
    from streams.serving.pages import Pages

COLLECTIONS = {identifier("taxii", word): word for word in WORDS}  # id → what is done


class Shelves:
    """A shelf for each action, filled at most once for each version of the block list."""

    def __init__(self, pages: Pages, now: Callable[[], float]) -> None:
        """Tell of what *pages* know; *now* gives seconds since 1970 by the clock."""
        self.pages, self.now = pages, now
        self._shelves = {word: (-1, Shelf()) for word in WORDS}
        self._one = asyncio.Lock()  # fills at a time

    async def filled(self, word: str) -> Shelf:
        """Give the shelf of an action as of now."""
        async with self._one:
            version, standing = await self.pages.standing()
            filled, shelf = self._shelves[word]
            if filled != version:
                await asyncio.to_thread(fill, shelf, standing, word, self.now())
                self._shelves[word] = version, shelf
            return shelf


def fill(shelf: Shelf, standing: Standing, word: str, now: float) -> None:
    """Put on a shelf whom an action is in force against."""
    shelf.fill(objects(granted(standing, Wish(WORDS[word]))), now)
