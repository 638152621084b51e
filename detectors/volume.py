"""Volume: more different pictures than people look at.

Catches: anything that takes fast, and anything that takes slowly for a month.
Misses: a harvest spread over so many addresses that each takes a handful.
Innocent: an endless scroller on a picture feed, a map viewer, an office behind one address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import DAY, MINUTE, Count, Statistic
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

SHORT = Count(Statistic.PICTURES, 10 * MINUTE)
LONG = Count(Statistic.PICTURES, DAY)
MONTH = Count(Statistic.PICTURES, 30 * DAY)


@dataclass(frozen=True, slots=True)
class Volume:
    """Compares distinct pictures delivered in three windows with what people were seen to take."""

    name: ClassVar[str] = "volume"
    family: ClassVar[Family] = Family.VOLUME
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (SHORT, LONG, MONTH)

    weight: float = 8.4  # nats; 3 of 14,500 human windows above 300: ln(0.9 / (3 / 14,500))
    doubtful_10min: float = 150  # pictures; 8 of 14,500 human windows are above
    certain_10min: float = 300  # pictures; 3 of 14,500 are
    doubtful_24h: float = 300  # pictures; 6 of 11,567 human days are above
    certain_24h: float = 1_000  # pictures; the busiest human day had 461
    doubtful_30d: float = 3_000  # pictures; a p99 day (78) on every day of the month, and more
    certain_30d: float = 10_000  # pictures; the doubtful day (300) on every day, and more

    def score(self, actors: Frame) -> Scores:
        """Take the worst of the three windows."""
        short = ramp(actors[SHORT], self.doubtful_10min, self.certain_10min)
        long = ramp(actors[LONG], self.doubtful_24h, self.certain_24h)
        month = ramp(actors[MONTH], self.doubtful_30d, self.certain_30d)
        return np.maximum(np.maximum(short, long), month)
