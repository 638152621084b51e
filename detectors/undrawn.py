"""Undrawn: pages read under a browser's name, and never what a browser loads to draw them.

Catches: programs that read pages for the pictures on them and call themselves a browser.
Misses: driven browsers, and whatever loads one stylesheet a month; walks that need no page.
Innocent: a browser that has kept all assets for longer than the log goes back; text browsers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from access.claims import browsers
from actors.features import DAY, Count, Fact, Habit, Latest, Newcomers, Statistic
from actors.frame import Scope
from detectors.base import Family, ramp
from detectors.baseline import surprise

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

PAGES = Count(Statistic.PAGES, DAY)
ASSETS = Count(Statistic.ASSETS, 30 * DAY)
CLAIM = Latest(Fact.CLAIM)
LOADERS = Newcomers(Habit.LOADED_ASSET)


@dataclass(frozen=True, slots=True)
class Undrawn:
    """Counts the pages of a day where a month shows no asset, as far as newcomers load some.

    Sessions and accounts are left out: assets may lie on a host where nobody has one.
    """

    name: ClassVar[str] = "undrawn"
    family: ClassVar[Family] = Family.SHAPE
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (PAGES, ASSETS, CLAIM, LOADERS)

    # Nats. Bots that claim a browser and load nothing beside pages: 67.6 % of all, at 3.0 % of
    # people, ln(0.676 / 0.03) = 3.1; but here it is what brings volume (8.4) to a block, and
    # nobody has measured people who look at hundreds of pictures: so as much as orphans.
    weight: float = 2.7
    doubtful: float = 5  # pages in a day; chosen: a browser draws the first
    certain: float = 15  # pages in a day; chosen: by then a cache has asked once for something

    def score(self, actors: Frame) -> Scores:
        """Rise with the pages."""
        never = (actors[ASSETS] == 0) & browsers(actors[CLAIM].astype(np.uint32))
        placed = actors.scope in (Scope.ADDRESS, Scope.NETWORK)
        many = ramp(actors[PAGES], self.doubtful, self.certain)
        score: Scores = many * surprise(actors[LOADERS]) * (never & placed)
        return score
