"""Fleet: somebody of a cohort that comes by pictures alike, and meets in none.

Catches: work lists shared out to homes that take a handful each, without pages or with them.
Misses: fewer than fifty networks, browsers that draw each page, lists that follow popularity.
Innocent: people whose habits are a fleet's while it is at work, such as readers of bare links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import Bond, Bound
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

FLEET, LED, ELSEWHERE = Bound(Bond.FLEET), Bound(Bond.LED), Bound(Bond.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Fleet:
    """Takes the share of a campaign's cohort that cannot be people."""

    name: ClassVar[str] = "fleet"
    family: ClassVar[Family] = Family.COHORT
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (FLEET, LED, ELSEWHERE)

    # Nats. Of 400 draws of 50 people on each of seven sites none met less than 0.09 as often as
    # people do: ln(0.95 x 2,800). A home that a fleet rents is somebody's home: no block by this.
    weight: float = 7.9
    doubtful: float = 0.5  # share that is no people: the ratio is 0.25, and a cohort flagged
    certain: float = 0.78  # … the ratio is below 0.05, as that of real harvests
    led: float = 0.5  # of whoever opened a page and took one owner's; chosen: people do just that

    def score(self, actors: Frame) -> Scores:
        """Rise as the cohort holds fewer people."""
        score = ramp(actors[FLEET], self.doubtful, self.certain)
        plain = (actors[LED] > 0.0) & (actors[ELSEWHERE] == 0.0)
        return np.where(plain, self.led * score, score)
