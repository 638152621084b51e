"""Referrers: pictures asked for from nowhere, on a site where people come from its pages.

Catches: downloaders, which send no Referer, or only the site's root on everything.
Misses: whoever copies the page's address into the Referer.
Innocent: browsers and apps that send none; sites whose pictures lie on a host of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import HOUR, Count, Habit, Newcomers, Statistic
from detectors.base import Family, ramp
from detectors.baseline import surprise

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

ASKED = Count(Statistic.ASKED, HOUR)
UNREFERRED = Count(Statistic.UNREFERRED, HOUR)
ROOTED = Count(Statistic.ROOTED, HOUR)
SENDERS = Newcomers(Habit.SENT_REFERRER)


@dataclass(frozen=True, slots=True)
class Referrers:
    """Measures the share of pictures without a page as Referer, as far as newcomers send one."""

    name: ClassVar[str] = "referrers"
    family: ClassVar[Family] = Family.SHAPE
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (ASKED, UNREFERRED, ROOTED, SENDERS)

    weight: float = 1.0  # nats; separates well (AUC 0.88), but is forged with one line
    pictures: float = 30  # asked for; fewer show no habit
    doubtful: float = 0.9  # share of them; the flag of the literature's best single feature
    certain: float = 1.0  # share of them

    def score(self, actors: Frame) -> Scores:
        """Rise with the share, from the doubtful to all."""
        asked = actors[ASKED]
        share = (actors[UNREFERRED] + actors[ROOTED]) / np.maximum(asked, 1.0)
        score = ramp(share, self.doubtful, self.certain) * surprise(actors[SENDERS])
        return score * (asked >= self.pictures)
