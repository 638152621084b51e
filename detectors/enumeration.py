"""Enumeration: numbers walked through, as nobody walks.

Catches: counting up or down, in strides up to ten, with holes, from several workers at once.
Misses: shuffled lists, random strides, addresses without numbers.
Innocent: an album whose pictures were uploaded in one go; map tiles; a contact sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import DAY, HOUR, MINUTE, Count, Fact, Latest, Statistic
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

RUN = Latest(Fact.RUN)
WALKS = tuple(
    (Count(Statistic.STEPS, over), Count(Statistic.NUMBERED, over))
    for over in (10 * MINUTE, HOUR, DAY)
)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Looks for numbers close to the ones just asked for, and for long unbroken walks."""

    name: ClassVar[str] = "enumeration"
    family: ClassVar[Family] = Family.SHAPE
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (RUN, *(count for walk in WALKS for count in walk))

    # Nats. None of 14,000 human windows has a run above 20, which would be worth
    # ln(0.9 / (3 / 14,000)) = 8.3; but those sites hold no albums, and an album is such a run.
    # So it is the most that alone is only written down.
    weight: float = 3.9
    pictures: float = 50  # numbered ones asked for; fewer prove nothing
    doubtful: float = 0.5  # share of steps; chosen, below the 0.8 that is flagged
    certain: float = 0.9  # share of steps; what may be acted on
    doubtful_run: float = 20  # steps; the longest human run is 11
    certain_run: float = 50  # steps; what may be acted on

    def score(self, actors: Frame) -> Scores:
        """Take the worst of the current run and the three windows."""
        worst = ramp(actors[RUN], self.doubtful_run, self.certain_run)
        for steps, numbered in WALKS:
            share = actors[steps] / np.maximum(actors[numbered], 1.0)
            walk = ramp(share, self.doubtful, self.certain) * (actors[numbered] >= self.pictures)
            worst = np.maximum(worst, walk)
        return worst
