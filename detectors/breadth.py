"""Breadth: pictures of more different people than anyone has time for.

Catches: walks over many profiles that take a little of each.
Misses: one owner's whole gallery; sites whose picture addresses do not say whose they are.
Innocent: a power user with 300 owners in an evening; a home feed that mixes everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import DAY, HOUR, Count, Statistic
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

FRESH = Count(Statistic.OWNERS, HOUR)
LONG = Count(Statistic.OWNERS, DAY)


@dataclass(frozen=True, slots=True)
class Breadth:
    """Compares distinct owners per hour and per day; unknown owners count for nothing."""

    name: ClassVar[str] = "breadth"
    family: ClassVar[Family] = Family.VOLUME
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (FRESH, LONG)

    weight: float = 2.0  # nats; chosen: alone it is written down, with volume it only slows down
    doubtful_1h: float = 30  # owners; half of what is flagged
    certain_1h: float = 60  # owners; the joint statement's limit on other people's profiles
    doubtful_24h: float = 300  # owners; chosen: the power user's evening
    certain_24h: float = 1_000  # owners; chosen: as volume, one picture of each

    def score(self, actors: Frame) -> Scores:
        """Take the worse of the two windows."""
        fresh = ramp(actors[FRESH], self.doubtful_1h, self.certain_1h)
        return np.maximum(fresh, ramp(actors[LONG], self.doubtful_24h, self.certain_24h))
