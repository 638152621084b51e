"""Depth: whole galleries of several people within minutes, as originals that nothing led to.

Catches: downloaders that take owners' galleries one after the other, or several side by side.
Misses: previews, lists of single pictures, the slow; galleries so large that volume speaks first.
Innocent: a screen that shows a list; a site that shows galleries of originals, not of previews.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from actors.features import MINUTE, Count, Statistic
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

GALLERIES = Count(Statistic.GALLERIES, 10 * MINUTE)


@dataclass(frozen=True, slots=True)
class Depth:
    """Counts galleries of which four fifths came as originals, without a preview before.

    No real log at hand says whose its pictures are. On four made-up platforms nobody of 5,409
    others but screens and the site's own optimiser had a second such gallery within ten minutes,
    and screens had three at most; on six more, two of 24 screens had enough: docs/detectors.md.
    """

    name: ClassVar[str] = "depth"
    family: ClassVar[Family] = Family.VOLUME
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (GALLERIES,)

    weight: float = 4.7  # nats; chosen: as cold, until real logs say more
    doubtful_10min: float = 2  # galleries; chosen: a friend's and one's own
    certain_10min: float = 6  # galleries, 48 pictures at least; a screen shows 60 in that time

    def score(self, actors: Frame) -> Scores:
        """Compare galleries of ten minutes with what people and screens get through."""
        return ramp(actors[GALLERIES], self.doubtful_10min, self.certain_10min)
