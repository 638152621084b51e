"""Disguise: user agents no person has who looks at pictures.

Catches: libraries and downloaders by their own name, unfilled templates, impossible browsers.
Misses: whoever sends a current browser's name.
Innocent: old phones and tablets; link previews, which take a few; a log that names no agents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from access.claims import Flag, flags
from access.releases import age_in_years
from actors.features import DAY, HOUR, Count, Fact, Latest, Statistic
from actors.frame import Scope
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

CLAIM = Latest(Fact.CLAIM)
PICTURES = Count(Statistic.PICTURES, HOUR)
PEOPLE = Count(Statistic.AGENTS, DAY)


@dataclass(frozen=True, slots=True)
class Disguise:
    """Reads what the last user agent claims; a network claims nothing, its addresses do."""

    name: ClassVar[str] = "disguise"
    family: ClassVar[Family] = Family.IDENTITY
    version: ClassVar[int] = 2
    reads: ClassVar[tuple[Feature, ...]] = (CLAIM, PICTURES, PEOPLE)

    weight: float = 3.9  # nats; agent lists hit 0.4 % of people's browsers: ln(0.2 / 0.004)
    pictures: float = 10  # in an hour; a link preview takes fewer
    certain: float = 1.0  # a tool by its name, an unfilled template, an impossible browser
    declared: float = 0.5  # says it is a bot: a machine for certain, perhaps a welcome one
    empty: float = 0.25  # no agent; chosen low, some log formats hold none
    doubtful_age: float = (
        1  # years behind the current version; a year and more was seen in harvests
    )
    certain_age: float = 5  # years behind; chosen
    aged: float = 0.5  # the most that age is worth: people are stuck on old devices
    people: float = 5  # user agents in a day; the last one's age says nothing of so many others

    def score(self, actors: Frame) -> Scores:
        """Take the worst of what the agent shows, if it took enough pictures."""
        claims = actors[CLAIM].astype(np.uint32)
        age, shown = age_in_years(claims, actors.at), flags(claims)
        worst = self.aged * ramp(age, self.doubtful_age, self.certain_age)
        worst = worst * (actors[PEOPLE] < self.people)
        for flag, worth in (
            (Flag.EMPTY, self.empty),
            (Flag.CRAWLER, self.declared),
            (Flag.TOOL | Flag.TEMPLATE | Flag.IMPOSSIBLE, self.certain),
        ):
            worst = np.maximum(worst, worth * ((shown & np.uint32(flag)) != 0))
        return worst * (actors[PICTURES] >= self.pictures) * (actors.scope != Scope.NETWORK)
