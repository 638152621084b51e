"""Mismatch: a browser's name over a connection, or beside hints, that are not that browser's.

Catches: HTTP/1.1 under a current browser's name; client hints of another; engines over one TLS.
Misses: libraries that speak as the browser does, driven browsers; logs that tell none of it.
Innocent: offices and virus scanners that open up TLS, and speak for the browser; changed names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from access.claims import Flag, browsers, flags
from access.releases import age_in_years
from actors.features import DAY, HOUR, Count, Fact, Habit, Latest, Newcomers, Statistic
from actors.frame import Scope
from detectors.base import Family, ramp
from detectors.baseline import surprise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

CLAIM = Latest(Fact.CLAIM)
ASKED = Count(Statistic.ASKED, HOUR)
SPEAKERS = Newcomers(Habit.SPOKE_HTTP_2)
CONTRADICTED, ENGINES = Latest(Fact.CONTRADICTED), Latest(Fact.ENGINES)
PEOPLE = Count(Statistic.AGENTS, DAY)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Puts the claim of the last request beside its protocol, its hints and its handshake.

    Whether browsers speak HTTP/2 is the site's own matter: without TLS, or behind some proxies,
    nobody's does. Hints and handshakes need no such measure: no browser contradicts itself, and no
    two engines begin TLS alike.
    """

    name: ClassVar[str] = "mismatch"
    family: ClassVar[Family] = Family.IDENTITY
    version: ClassVar[int] = 2
    reads: ClassVar[tuple[Feature, ...]] = (CLAIM, ASKED, SPEAKERS, CONTRADICTED, ENGINES, PEOPLE)

    # Nats. 86.2 % of bots that claim a browser are libraries; that half of those know no HTTP/2 is
    # chosen, and so are 6 % of people behind what opens up TLS: ln(0.43 / 0.06).
    weight: float = 2.0
    pictures: float = 10  # asked for in an hour; a link preview takes fewer
    oldest: float = 8  # years behind the current version; chosen: before, not all spoke HTTP/2
    doubtful: float = 5  # contradicted pictures in a row; chosen: somebody tries another name out
    certain: float = 20  # … in a row; chosen: and does not stay at it for pages
    engines: float = 2  # under one handshake; one connection has one engine
    people: float = 2  # agents that loaded pages or assets: as many are an office behind a proxy

    def score(self, actors: Frame) -> Scores:
        """Take the worst of the three; a network speaks nothing, its addresses do."""
        placed = (actors[ASKED] >= self.pictures) & (actors.scope is not Scope.NETWORK)
        score = self._spoken(actors, placed)
        score[placed & (actors[ENGINES] >= self.engines) & (actors[PEOPLE] < self.people)] = 1.0
        rows = np.flatnonzero(placed & (actors[CONTRADICTED] > self.doubtful))
        hinted = ramp(actors[CONTRADICTED][rows], self.doubtful, self.certain)
        score[rows] = np.maximum(score[rows], hinted)
        return score

    def _spoken(self, actors: Frame, placed: NDArray[np.bool_]) -> Scores:
        """Give as much as HTTP/1 surprises here, of browsers that know better."""
        score, claims = np.zeros(len(actors)), actors[CLAIM].astype(np.uint32)
        old = browsers(claims) & (flags(claims) & np.uint32(Flag.HTTP_1) != 0)
        rows = np.flatnonzero(old & placed)  # few, and an age costs more than all the rest
        young = age_in_years(claims[rows], actors.at[rows]) <= self.oldest
        score[rows] = surprise(actors[SPEAKERS][rows]) * young
        return score
