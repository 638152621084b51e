"""Sleepless: pictures asked for at all hours alike, as nobody does who sleeps.

Catches: slow harvesters that never rest, real browsers that are driven around the clock.
Misses: whatever rests some hours a day, or is done within one.
Innocent: picture frames; an office on shifts, a carrier: many people, who never all sleep.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import DAY, Count, Fact, Latest, Statistic
from actors.frame import Scope
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

LULL = Latest(Fact.LULL)
ASKED = Count(Statistic.ASKED, DAY)
PEOPLE = Count(Statistic.AGENTS, DAY)
WHOLE = 5  # panes of four hours that are over; a sixth is running


@dataclass(frozen=True, slots=True)
class Sleepless:
    """Compares the quietest four hours of a day with what four hours of it hold on average."""

    name: ClassVar[str] = "sleepless"
    family: ClassVar[Family] = Family.SHAPE
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (LULL, ASKED, PEOPLE)

    # Nats. With volume (8.4) it is just enough for a block, with any milder word it is not. No
    # log of people who look at hundreds of pictures a day is public, so the share is chosen: at
    # most one in 25 of them (a person who is ill, two in one household) has no quiet four hours.
    weight: float = 3.2
    pictures: float = 300  # in a day; fewer show no rhythm: 6 of 11,567 human days have as many
    # Share of the average. Whoever sleeps seven hours on end is awake in at most half an hour of
    # some four-hour pane: an eighth of it, or a quarter at twice the pace.
    doubtful: float = 0.25
    certain: float = 0.5  # share of the average; chosen: twice as much again
    # User agents on pages or assets in a day. It takes a dozen people or so that one is always
    # awake, and a dozen hardly ever share two; a driven browser has one.
    people: float = 2

    def score(self, actors: Frame) -> Scores:
        """Rise with the share, where there is enough of it and it can be one person's."""
        asked = actors[ASKED]
        share = WHOLE * actors[LULL] / np.maximum(asked, 1.0)
        score = ramp(share, self.doubtful, self.certain) * (asked >= self.pictures)
        score = score * (actors[PEOPLE] <= self.people)
        return score * (actors.scope != Scope.NETWORK)
