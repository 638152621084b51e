"""Cadence: pictures asked for by the beat of a clock.

Catches: loops with a fixed pause, or one drawn evenly between two bounds.
Misses: bursts as fast as the line allows; pauses drawn like a person's.
Innocent: a screen that shows a picture every ten seconds; a player or map that loads ahead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import DAY, HOUR, MINUTE, Count, Statistic
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

RHYTHMS = tuple(
    (
        Count(Statistic.GAPS, over),
        Count(Statistic.GAP_SUM, over),
        Count(Statistic.GAP_SQUARES, over),
    )
    for over in (10 * MINUTE, HOUR, DAY)
)
QUARTERS = 4.0  # gaps are remembered in quarter seconds


@dataclass(frozen=True, slots=True)
class Cadence:
    """Measures how even the gaps between pictures are: standard deviation over mean (CV)."""

    name: ClassVar[str] = "cadence"
    family: ClassVar[Family] = Family.SHAPE
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = tuple(count for rhythm in RHYTHMS for count in rhythm)

    weight: float = 2.0  # nats; 11.5 % of bots against 0.09 % of people is 4.9, but screens exist
    gaps: float = 20  # the least that was measured
    slowest: float = 1.5  # seconds of mean gap; below it one sees the log's whole seconds
    doubtful: float = 0.5  # CV; 0.09 % of people are below
    certain: float = 0.3  # CV; chosen: an even draw from 6 to 12 s has 0.19, from 0.5 to 3 s 0.41

    def score(self, actors: Frame) -> Scores:
        """Take the evenest of the three windows."""
        ten, hour, day = (self._even(*map(actors.__getitem__, rhythm)) for rhythm in RHYTHMS)
        return np.maximum(np.maximum(ten, hour), day)

    def _even(self, gaps: Scores, total: Scores, squares: Scores) -> Scores:
        mean = total / np.maximum(gaps, 1.0)
        variance = np.maximum(squares / np.maximum(gaps, 1.0) - mean * mean, 0.0)
        variation = np.sqrt(variance) / np.maximum(mean, 1.0)
        enough = (gaps >= self.gaps) & (mean >= self.slowest * QUARTERS)
        return ramp(-variation, -self.doubtful, -self.certain) * enough
