"""Orphans: pictures taken without what leads people there.

Catches: lists of picture addresses worked off, galleries pulled after one page, bare originals.
Misses: full browsers, and whatever loads each page with its assets before its pictures.
Innocent: image search and hot-linked pictures; apps ask an API; a cache may still hold the assets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import HOUR, Count, Habit, Newcomers, Statistic
from detectors.base import Family, ramp
from detectors.baseline import surprise

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

WORDS = ("PICTURES", "PAGES", "CALLS", "ASSETS", "ORIGINALS", "BARE")
COUNTS = tuple(Count(Statistic[word], HOUR) for word in WORDS)
OPENERS, LOADERS = Newcomers(Habit.OPENED_PAGE), Newcomers(Habit.LOADED_ASSET)


@dataclass(frozen=True, slots=True)
class Orphans:
    """Weighs pictures against pages, API answers, assets and thumbnails of the same hour."""

    name: ClassVar[str] = "orphans"
    family: ClassVar[Family] = Family.SHAPE
    version: ClassVar[int] = 2
    reads: ClassVar[tuple[Feature, ...]] = (*COUNTS, OPENERS, LOADERS)

    weight: float = 2.7  # nats; ln(0.95 / 0.06): 6.4 % of image clients are image-only
    doubtful_pictures: float = 15  # half of what is certain
    certain_pictures: float = 30  # the least that shows an image-only client
    doubtful_ratio: float = 60  # pictures per page or call; human p99 is 51
    certain_ratio: float = 150  # chosen: three times human p99
    originals: float = 30  # bare originals prove nothing before there are so many
    doubtful_bare: float = 0.5  # share of originals; chosen: a person sees most thumbnails first
    certain_bare: float = 0.9  # share of originals; chosen
    undrawn_pages: float = 10  # pages without one asset; chosen: a browser draws the first
    undrawn: float = 0.5  # the most that is worth; chosen: caches keep assets for long

    def score(self, actors: Frame) -> Scores:
        """Take the worst shape, as far as this site's newcomers do otherwise."""
        pictures, pages, calls, assets, originals, bare = map(actors.__getitem__, COUNTS)
        many = ramp(pictures, self.doubtful_pictures, self.certain_pictures) * (assets == 0)
        ratio = pictures / np.maximum(pages + calls, 1.0)
        led = many * ramp(ratio, self.doubtful_ratio, self.certain_ratio)
        alone = np.where(pages + calls == 0, many, led)
        blind = ramp(bare / np.maximum(originals, 1.0), self.doubtful_bare, self.certain_bare)
        unled: Scores = np.maximum(alone, blind * (originals >= self.originals))
        # Whoever calls an API from a page runs its scripts, so a cache holds what draws it.
        bare_pages = (pages >= self.undrawn_pages) & (calls == 0)
        undrawn: Scores = self.undrawn * many * bare_pages
        return np.maximum(unled * surprise(actors[OPENERS]), undrawn * surprise(actors[LOADERS]))
