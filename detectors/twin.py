"""Twin: a browser and something else that take turns at one address.

Catches: downloaders that page as an app or crawler and fetch as a browser, or the other way.
Misses: two browsers, two addresses, and whoever rests for ten seconds between its two names.
Innocent: apps that draw with a web view and load pictures themselves; a webmaster's scripts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from actors.features import DAY, HOUR, Count, Fact, Latest, Statistic
from actors.frame import Scope
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

TURNS = Latest(Fact.TURNS)
PICTURES = Count(Statistic.PICTURES, HOUR)
PEOPLE = Count(Statistic.AGENTS, DAY)


@dataclass(frozen=True, slots=True)
class Twin:
    """Counts how often two kinds of name follow each other, where few people can be behind it."""

    name: ClassVar[str] = "twin"
    family: ClassVar[Family] = Family.IDENTITY
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (TURNS, PICTURES, PEOPLE)

    weight: float = 2.0  # nats; chosen: below what is written down, for apps do the same
    pictures: float = 30  # in an hour; the least that shows an image client
    doubtful: float = 15  # turns; what an office of twelve browsers in a real log has
    certain: float = 45  # turns; chosen: three times as many
    people: float = 2  # user agents on pages or assets in a day; more may be people who take turns

    def score(self, actors: Frame) -> Scores:
        """Rise with the turns; a network's addresses are many people's."""
        turns = ramp(actors[TURNS], self.doubtful, self.certain)
        alone = (actors[PICTURES] >= self.pictures) & (actors[PEOPLE] <= self.people)
        return turns * alone * (actors.scope is not Scope.NETWORK)
