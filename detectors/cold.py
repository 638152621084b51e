"""Cold: many pictures, of several people, that nobody had looked at for days.

Catches: catalogues worked off, whose pictures are cold more often than what people are given.
Misses: one owner's gallery; lists of what is popular; sites without owners; logs that begin.
Innocent: a reader of old galleries, the first at a new upload; an image host, where all is cold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import DAY, HOUR, Count, Habit, Newcomers, Statistic
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

COLD = Count(Statistic.COLD, HOUR), Count(Statistic.COLD, DAY)
PICTURES = Count(Statistic.PICTURES, HOUR), Count(Statistic.PICTURES, DAY)
OWNERS = Count(Statistic.OWNERS, HOUR), Count(Statistic.OWNERS, DAY)
USUAL = Newcomers(Habit.WENT_COLD)


@dataclass(frozen=True, slots=True)
class Cold:
    """Counts cold pictures where they are a larger share than among those of newcomers.

    No human window of the shared logs after their first 72 hours (566 of ten minutes, 564 hours,
    563 days) holds more than one: by the rule of three that allows ln(0.9 / (3 / 564)) = 5.1 nats,
    and no more. These sites have some hundred pictures each, so nearly nothing on them is cold;
    why the counts are what they are is in docs/cold.md.
    """

    name: ClassVar[str] = "cold"
    family: ClassVar[Family] = Family.VOLUME
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (*COLD, *PICTURES, *OWNERS, USUAL)

    weight: float = 5.1  # nats; none of 564 human hours: ln(0.9 / (3 / 564)); the literature has 8.1
    doubtful_1h: float = 30  # cold pictures; half of what is certain
    certain_1h: float = 60  # cold pictures; 3.0 % of human hours hold as many of any kind
    doubtful_24h: float = 100  # cold pictures; 0.3 % of human days hold as many of any kind
    certain_24h: float = 150  # cold pictures; 7 of 11,567 human days do
    doubtful_times: float = 1.0  # the share that is cold for newcomers; people are at it
    certain_times: float = 2.0  # … chosen: twice; where half is cold for all, nobody is certain
    owners: float = 3  # in the window; chosen: one gallery is one interest, and so may two be

    def score(self, actors: Frame) -> Scores:
        """Take the worse of the two windows."""
        bounds = (self.doubtful_1h, self.certain_1h), (self.doubtful_24h, self.certain_24h)
        usual = np.maximum(actors[USUAL], 1e-9)
        said = np.zeros(len(actors))
        for cold, pictures, owners, bound in zip(COLD, PICTURES, OWNERS, bounds, strict=True):
            times = actors[cold] / np.maximum(actors[pictures], 1.0) / usual
            odd = ramp(times, self.doubtful_times, self.certain_times)
            several = actors[owners] >= self.owners
            said = np.maximum(said, ramp(actors[cold], *bound) * odd * several)
        return said
