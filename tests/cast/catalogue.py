"""Catalogue: the pictures of a made-up platform, in the order they were put there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from tests.cast.links import Cut

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIVE = 0.66  # share of numbers whose picture is still there: an enumerator meets 34 % 404
OWNERS_PER_PICTURE = 1 / 15
LONGEST = 200  # pictures of an album, gone ones included
VIDEOS = 0.08  # share of albums that hold videos
SIZES = {Cut.THUMB: 11e3, Cut.MEDIUM: 110e3, Cut.ORIGINAL: 2.4e6, Cut.POSTER: 60e3, Cut.FRAME: 25e3}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Numbers were given in upload order, so an album is a run of slots with holes."""

    alive: NDArray[np.bool_]  # (slots,)
    shown: NDArray[np.int64]  # (pictures,) the slots that are alive
    album: NDArray[np.int64]  # (slots,)
    owner: NDArray[np.int64]  # (slots,)
    first: NDArray[np.int64]  # (albums,) where the album begins in `shown`
    length: NDArray[np.int64]  # (albums,) pictures alive
    holder: NDArray[np.int64]  # (albums,) its owner
    video: NDArray[np.bool_]  # (slots,)
    fame: NDArray[np.float64]  # (pictures,) cumulated popularity, ends at 1
    heft: NDArray[np.float64]  # (slots,) size against the usual of its rendition

    @property
    def owners(self) -> int:
        """Count who may own something."""
        return int(self.owner.max()) + 1

    def popular(self, rng: np.random.Generator, count: int) -> NDArray[np.int64]:
        """Draw slots as people see them: Zipf, the newest more often."""
        return self.shown[np.searchsorted(self.fame, rng.random(count))]

    def of_owner(self, owner: int) -> NDArray[np.int64]:
        """List the slots of one owner's pictures, oldest first."""
        return self.shown[np.flatnonzero(self.owner[self.shown] == owner)]

    def size(self, slot: NDArray[np.int64], cut: NDArray[np.int64]) -> NDArray[np.int64]:
        """Tell the bytes of renditions."""
        usual = np.array([0.0] + [SIZES[c] for c in Cut])
        size: NDArray[np.float64] = usual[np.minimum(cut, Cut.FRAME)] * self.heft[slot]
        return np.floor(size).astype(np.int64)

    @classmethod
    def drawn(cls, rng: np.random.Generator, pictures: int) -> Self:
        """Draw a platform of about *pictures* pictures."""
        slots = int(pictures / ALIVE)
        lengths = np.clip(rng.lognormal(np.log(14), 0.8, slots // 3 + 1), 3, LONGEST).astype(
            np.int64
        )
        lengths = lengths[: int(np.searchsorted(np.cumsum(lengths), slots)) + 1]
        album = np.repeat(np.arange(len(lengths)), lengths)
        alive = rng.random(len(album)) < 1 - (1 - ALIVE) * lengths.mean() / (lengths.mean() - 1)
        alive[np.cumsum(lengths) - lengths] = True  # no album is empty, which the line above knows
        shown = np.flatnonzero(alive)
        length = np.bincount(album[shown], minlength=len(lengths))
        owners = max(20, int(pictures * OWNERS_PER_PICTURE))
        holder = (owners * rng.random(len(lengths)) ** 2).astype(np.int64)  # few own much
        return cls(
            alive=alive,
            shown=shown,
            album=album,
            owner=holder[album],
            first=np.cumsum(length) - length,
            length=length,
            holder=holder,
            video=(rng.random(len(lengths)) < VIDEOS)[album],
            fame=_fame(rng, len(shown)),
            heft=rng.lognormal(0, 0.4, len(album)),
        )


def _fame(rng: np.random.Generator, pictures: int) -> NDArray[np.float64]:
    """Cumulate a Zipf popularity (exponent 0.9, as web caches measure) that fades with age."""
    rank = rng.permutation(pictures) + 1.0
    age = np.arange(pictures)[::-1] / pictures
    weight = rank**-0.9 * (0.15 + np.exp(-age * 8))
    total = np.cumsum(weight)
    fame: NDArray[np.float64] = total / total[-1]
    fame[-1] = 1.0
    return fame
