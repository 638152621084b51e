"""Blind: pictures asked for that are not there, more than those that are.

Catches: addresses made up or counted through, lists so old that half of them is gone.
Misses: who knows what is there; numbers so dense that most exist; sites that answer 403 or 200.
Innocent: the reader of an old page whose pictures were deleted; a platform that moved them.
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

GUESSES = tuple(
    (
        Count(Statistic.ASKED, over),
        Count(Statistic.MISSING, over),
        Count(Statistic.REFUSED, over),
    )
    for over in (HOUR, DAY)
)


@dataclass(frozen=True, slots=True)
class Blind:
    """Measures the share of pictures that are missing among those that nobody refused.

    What is refused says nothing: firewalls that enforce a block refuse, and that must not be held
    against whoever they refuse.
    """

    name: ClassVar[str] = "blind"
    family: ClassVar[Family] = Family.SHAPE
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = tuple(count for guess in GUESSES for count in guess)

    weight: float = 2.0  # nats; chosen: below what is written down, for pages with holes exist
    pictures: float = 30  # asked for and not refused; fewer may be one page with holes
    doubtful: float = 0.5  # share that is missing; above it the literature flags blind enumeration
    certain: float = 0.9  # share; chosen

    def score(self, actors: Frame) -> Scores:
        """Take the worse of the two windows."""
        hour, day = (self._missing(*map(actors.__getitem__, guess)) for guess in GUESSES)
        return np.maximum(hour, day)

    def _missing(self, asked: Scores, missing: Scores, refused: Scores) -> Scores:
        answered = asked - refused
        share = missing / np.maximum(answered, 1.0)
        return ramp(share, self.doubtful, self.certain) * (answered >= self.pictures)
