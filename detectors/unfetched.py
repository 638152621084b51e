"""Unfetched: a current browser's name, without what browsers add to every request.

Catches: libraries that copy a user agent, or some headers, and ask for pictures as for anything.
Misses: driven browsers, libraries that copy all of it; logs that tell of no such headers.
Innocent: proxies and forks that strip headers; pictures that a page's script fetches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import HOUR, Count, Fact, Habit, Latest, Newcomers, Statistic
from actors.frame import Scope
from detectors.base import Family, ramp
from detectors.baseline import surprise

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

ASKED = Count(Statistic.ASKED, HOUR)
UNFETCHED, UNPICTURED = Latest(Fact.UNFETCHED), Latest(Fact.UNPICTURED)
FETCHERS, ASKERS = Newcomers(Habit.FETCHED), Newcomers(Habit.PICTURED)


@dataclass(frozen=True, slots=True)
class Unfetched:
    """Counts pictures in a row, as far as the site's other browsers send what these lack.

    Whether they do is the site's own matter: without TLS no browser says what it fetches, and
    where scripts fetch all pictures none asks for them as pictures.
    """

    name: ClassVar[str] = "unfetched"
    family: ClassVar[Family] = Family.IDENTITY
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (ASKED, UNFETCHED, UNPICTURED, FETCHERS, ASKERS)

    # Nats. 86.2 % of bots that claim a browser are libraries; that half of those copy no more than
    # its name is chosen, and so are 6 % of people behind what strips headers: ln(0.43 / 0.06).
    weight: float = 2.0
    pictures: float = 10  # asked for in an hour; a link preview takes fewer
    doubtful: float = 10  # pictures in a row; chosen: a page's worth, from one browser of a crowd
    certain: float = 30  # … in a row, with nothing usual between; chosen: three pages' worth

    def score(self, actors: Frame) -> Scores:
        """Take the worse of the two; a network sends nothing, its addresses do."""
        score = np.zeros(len(actors))
        placed = (actors[ASKED] >= self.pictures) & (actors.scope is not Scope.NETWORK)
        for run, habit in ((UNFETCHED, FETCHERS), (UNPICTURED, ASKERS)):
            rows = np.flatnonzero(placed & (actors[run] > self.doubtful))  # none, of most logs
            much = ramp(actors[run][rows], self.doubtful, self.certain)
            score[rows] = np.maximum(score[rows], much * surprise(actors[habit][rows]))
        return score
