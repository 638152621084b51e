"""Sharing: how many people stand behind one address, as far as a log can tell.

Browsers are told apart by their names, by their sessions, and where a log holds no sessions by how
often one asset came whole, for a browser keeps it (`actors.kernels.things`). Names undercount a
class of thirty like browsers; sessions and assets can be had by a program for nothing, so what
they are worth is bounded: who is many is answered milder, never let off (`Policy.bounded`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actors.features import DAY, MINUTE, Count, Statistic

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actors.features import Feature
    from actors.frame import Frame

    Floats = NDArray[np.float64]


class Shared(NamedTuple):
    """What the last day tells of who shares an actor, each (rows,)."""

    agents: Floats  # names of browsers that loaded pages or assets
    browsers: Floats  # … their sessions, or whole deliveries of one asset
    pages: Floats
    calls: Floats
    members: Floats  # addresses
    pictures: Floats
    pictures_10min: Floats  # of the last ten minutes

    @classmethod
    def of(cls, frame: Frame, rows: NDArray[np.intp]) -> Shared:
        """Read it off some rows of a frame."""
        return cls(*(frame[feature][rows] for feature in READS))

    def people(self, pages_each: float) -> Floats:
        """Estimate the people: as many as there are browsers, by name or one by one.

        Where there are fewer than *pages_each* pages or calls to a browser, it is more likely one
        program that keeps no cache and no cookie, and only names count.
        """
        stay = self.pages + self.calls >= pages_each * self.browsers
        return np.maximum(self.agents, np.where(stay, self.browsers, 0.0))

    def plausible(
        self, people: Floats, person_10min: float, person_24h: float
    ) -> NDArray[np.bool_]:
        """Tell whether so many people (rows,) could have looked at all these pictures."""
        often = self.pictures_10min <= people * person_10min
        return often & (self.pictures <= people * person_24h)


READS: tuple[Feature, ...] = (
    Count(Statistic.AGENTS, DAY),
    Count(Statistic.BROWSERS, DAY),
    Count(Statistic.PAGES, DAY),
    Count(Statistic.CALLS, DAY),
    Count(Statistic.MEMBERS, DAY),
    Count(Statistic.PICTURES, DAY),
    Count(Statistic.PICTURES, 10 * MINUTE),
)
