"""Stray: a fleet's visitor with pictures that nothing led it to.

Catches: fleets that take bare originals, and those that open a page for pictures of many owners.
Misses: members that take one picture after its page, or all of them of one owner.
Innocent: whoever opens two bare links to pictures of two people while a fleet does the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import Bond, Bound
from detectors.base import Family

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

FLEET, LED, ELSEWHERE = Bound(Bond.FLEET), Bound(Bond.LED), Bound(Bond.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Stray:
    """Weighs what led a member of a fleet to its pictures, and whether one visit explains them."""

    name: ClassVar[str] = "stray"
    family: ClassVar[Family] = Family.SHAPE
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (FLEET, LED, ELSEWHERE)

    weight: float = 2.7  # nats; ln(0.95 / 0.06): 6.4 % of image clients are image-only, as orphans
    first: float = 0.5  # of one picture that nothing led to; chosen: links are passed around
    led: float = 0.5  # … of two owners' that pages led to, undrawn; chosen: caches keep assets

    def score(self, actors: Frame) -> Scores:
        """Take nothing from whoever is in no fleet."""
        member, led = actors[FLEET] > 0.0, actors[LED] > 0.0
        elsewhere = actors[ELSEWHERE] > 0.0
        alone = np.where(elsewhere, 1.0, self.first)
        return np.where(member, np.where(led, self.led * elsewhere, alone), 0.0)
