"""Mismatch: a current browser's name, over the version of HTTP that browsers left behind.

Catches: libraries and downloaders under a browser's name, most of which know only HTTP/1.1.
Misses: libraries that speak HTTP/2, driven browsers; logs that name no protocol; CDNs that hide it.
Innocent: offices and virus scanners that open up TLS on the way, and speak for the browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from access.claims import Flag, browsers, flags
from access.releases import age_in_years
from actors.features import HOUR, Count, Fact, Habit, Latest, Newcomers, Statistic
from actors.frame import Scope
from detectors.base import Family
from detectors.baseline import surprise

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

CLAIM = Latest(Fact.CLAIM)
ASKED = Count(Statistic.ASKED, HOUR)
SPEAKERS = Newcomers(Habit.SPOKE_HTTP_2)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Reads the last request for a picture, as far as newcomers' browsers speak HTTP/2.

    Whether they do is the site's own matter: without TLS, or behind some proxies, nobody's does.
    """

    name: ClassVar[str] = "mismatch"
    family: ClassVar[Family] = Family.IDENTITY
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (CLAIM, ASKED, SPEAKERS)

    # Nats. 86.2 % of bots that claim a browser are libraries; that half of those know no HTTP/2 is
    # chosen, and so are 6 % of people behind what opens up TLS: ln(0.43 / 0.06).
    weight: float = 2.0
    pictures: float = 10  # asked for in an hour; a link preview takes fewer
    oldest: float = 8  # years behind the current version; chosen: before, not all spoke HTTP/2

    def score(self, actors: Frame) -> Scores:
        """Give as much as it surprises here; a network speaks nothing, its addresses do."""
        score, claims = np.zeros(len(actors)), actors[CLAIM].astype(np.uint32)
        old = browsers(claims) & (flags(claims) & np.uint32(Flag.HTTP_1) != 0)
        old &= (actors[ASKED] >= self.pictures) & (actors.scope is not Scope.NETWORK)
        rows = np.flatnonzero(old)  # few, and an age costs more than all the rest
        young = age_in_years(claims[rows], actors.at[rows]) <= self.oldest
        score[rows] = surprise(actors[SPEAKERS][rows]) * young
        return score
