"""Cold: pictures of many people that nobody had looked at for days.

Catches: walks over many profiles whose pictures are cold more often than what people are given.
Misses: galleries of a few owners, what is popular, sites without owners; a log's first days.
Innocent: a reader of old galleries, whoever puts pictures up, a screen with a list, a scroller.
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

    Of 631 human days of the shared logs, after their first 72 hours, one has an hour of more than
    60 cold pictures (two of more than 30), and two have more than 100 in the day: two people, who
    by what they did put up their own. With one of 631 the share of people is 4.74 / 631 at most
    (95 %), which allows ln(0.9 / 0.0075) = 4.7 nats. Too little is known to act on: docs/cold.md.
    """

    name: ClassVar[str] = "cold"
    family: ClassVar[Family] = Family.VOLUME
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (*COLD, *PICTURES, *OWNERS, USUAL)

    weight: float = 4.7  # nats; one of 631 human days has such an hour: ln(0.9 / (4.74 / 631))
    doubtful_1h: float = 30  # cold pictures; half of what is certain
    certain_1h: float = 60  # cold pictures; 3.0 % of human hours hold as many of any kind
    doubtful_24h: float = 100  # cold pictures; 0.3 % of human days hold as many of any kind
    certain_24h: float = 150  # cold pictures; 7 of 11,567 human days do
    doubtful_times: float = 1.0  # the share that is cold for newcomers; people are at it
    certain_times: float = 2.0  # … chosen: twice; where half is cold for all, nobody is certain
    owners_1h: float = 30  # in the window; what is doubtful of breadth: fewer may be an interest
    owners_24h: float = 100  # … in a day; as of a new account, a third of a power user's evening

    def score(self, actors: Frame) -> Scores:
        """Take the worse of the two windows."""
        bounds = (self.doubtful_1h, self.certain_1h), (self.doubtful_24h, self.certain_24h)
        least = self.owners_1h, self.owners_24h
        usual = np.maximum(actors[USUAL], 1e-9)
        said = np.zeros(len(actors))
        windows = zip(COLD, PICTURES, OWNERS, bounds, least, strict=True)
        for cold, pictures, owners, bound, many in windows:
            times = actors[cold] / np.maximum(actors[pictures], 1.0) / usual
            odd = ramp(times, self.doubtful_times, self.certain_times)
            walk = actors[owners] >= many
            said = np.maximum(said, ramp(actors[cold], *bound) * odd * walk)
        return said
