"""Links: everything that can be asked for or referred to, as one int64 each."""

from __future__ import annotations

from enum import IntEnum, unique
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ITEM_BITS = 40
CUTS = 16  # renditions of one picture; an item of Thing.PICTURE is slot * CUTS + Cut


@unique
class Thing(IntEnum):
    """What a link leads to; its item is said behind it."""

    NONE = 0  # nowhere: no Referer
    ROOT = 1  # the platform's front page
    FEED = 2  # page number
    ALBUM = 3  # album
    PHOTO = 4  # slot: the page around one picture
    CALL_FEED = 5  # cursor: API
    CALL_PHOTO = 6  # slot: API
    CALL_OWNER = 7  # owner * 4096 + page: API
    ASSET = 8  # number of the asset
    AVATAR = 9  # owner
    PICTURE = 10  # slot * CUTS + Cut
    ROBOTS = 11
    HEALTH = 12
    SEARCH = 13  # a search engine's front page, elsewhere
    FOREIGN = 14  # a page of somebody else, elsewhere
    TRAP = 15  # number of a hidden link, which no page shows and robots.txt forbids


@unique
class Cut(IntEnum):
    """A rendition of a picture; from FRAME on, the stills of a video's storyboard."""

    THUMB = 1
    MEDIUM = 2
    ORIGINAL = 3
    POSTER = 4
    FRAME = 5


NONE = int(Thing.NONE)
ROOT = int(Thing.ROOT) << ITEM_BITS


def link(thing: Thing, item: ArrayLike = 0) -> NDArray[np.int64]:
    """Name things of one sort by their items: int64 of the items' shape."""
    return (int(thing) << ITEM_BITS) + np.asarray(item, np.int64)


def picture(slot: ArrayLike, cut: ArrayLike) -> NDArray[np.int64]:
    """Name renditions of pictures."""
    return link(Thing.PICTURE, np.asarray(slot, np.int64) * CUTS + np.asarray(cut, np.int64))


def shown_by(links: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tell which picture each rendition shows: one number for a slot, one for each frame of it."""
    slot, cut = np.divmod(item_of(links), CUTS)
    shown: NDArray[np.int64] = slot * CUTS + np.maximum(cut - Cut.FRAME + 1, 0)
    return shown


def thing_of(links: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tell what each link leads to: values of Thing."""
    return links >> ITEM_BITS


def item_of(links: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tell which one of its sort each link leads to."""
    return links & ((1 << ITEM_BITS) - 1)
