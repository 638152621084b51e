"""Sequel: a newcomer who goes on with the list of somebody who was challenged or blocked.

Catches: a work list that is taken up again under another address and browser within an hour.
Misses: shuffled lists that retry nothing, and whoever opens pages or asks the API first again.
Innocent: somebody with bare links to just the pictures that come next; no reader of pages is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import Habit, Handover, Newcomers, Resumed
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

STEPS, RETRIED, KIN = map(Resumed, (Handover.STEPS, Handover.RETRIED, Handover.KIN))
GAP, AFTER = Resumed(Handover.GAP), Resumed(Handover.AFTER)
OPENED = Newcomers(Habit.OPENED_PAGE)


@dataclass(frozen=True, slots=True)
class Sequel:
    """Takes the clearest mark of one list: numbers, what was refused, the rest of an owner."""

    name: ClassVar[str] = "sequel"
    family: ClassVar[Family] = Family.COHORT
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (STEPS, RETRIED, KIN, GAP, AFTER, OPENED)

    # Nats; chosen, for no log of an evasion was at hand. With all 1,443 visitors of a platform
    # taken as challenged, none of 197 who came by no page went on from one of them:
    # ln(0.9 x 66) = 4.1 is the least that shows. What others did blocks nobody: this slows down,
    # and challenges with a shape (2.7).
    weight: float = 6.0
    doubtful_steps: float = 2  # numbers that go on; two may be the end of an album somebody links
    certain_steps: float = 6  # of the eight compared; chosen: an owner may end before the eighth
    doubtful_retried: float = 1  # pictures refused to the other; one is a link passed around
    certain_retried: float = 4  # chosen: half of those compared
    doubtful_kin: float = 4  # pictures of the same owner; chosen: half of those compared
    certain_kin: float = 8  # all of them
    kin: float = 0.5  # the most that is worth: whoever links an owner's pictures links many

    def score(self, actors: Frame) -> Scores:
        """Take the most of the three; owners' pictures come bare to anybody where no pages are."""
        numbers = ramp(actors[STEPS], self.doubtful_steps, self.certain_steps)
        retried = ramp(actors[RETRIED], self.doubtful_retried, self.certain_retried)
        kin = self.kin * ramp(actors[KIN], self.doubtful_kin, self.certain_kin) * actors[OPENED]
        return np.maximum(np.maximum(numbers, retried), kin)
