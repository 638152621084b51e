"""Enumeration: numbers walked through, as nobody walks.

Catches: counting up or down, in strides up to ten, with holes, from several workers at once.
Misses: shuffled lists, random strides, addresses without numbers, a page for every few pictures.
Innocent: an album whose pictures were uploaded in one go: its pages lead through it; map tiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import DAY, HOUR, Count, Fact, Latest, Statistic
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

RUN = Latest(Fact.RUN)
WORDS = ("STEPS", "NUMBERED", "PAGES", "CALLS", "PICTURES", "MISSING", "REFUSED")
# Whether pages lead through a walk shows after a while: a class opens an album in one minute and
# its pictures' pages in the next ten. Whatever walks in ten minutes has walked in the hour too.
WALKS = tuple(tuple(Count(Statistic[word], over) for word in WORDS) for over in (HOUR, DAY))


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Looks for numbers close to the ones just asked for, and for long unbroken walks."""

    name: ClassVar[str] = "enumeration"
    family: ClassVar[Family] = Family.SHAPE
    version: ClassVar[int] = 4
    reads: ClassVar[tuple[Feature, ...]] = (RUN, *(count for walk in WALKS for count in walk))

    # Nats. None of 14,000 human windows has a run above 20, which would be worth
    # ln(0.9 / (3 / 14,000)) = 8.3; but those sites hold no albums, and an album is such a run.
    # So it is the most that alone is only written down.
    weight: float = 3.9
    pictures: float = 50  # numbered ones asked for; fewer prove nothing
    doubtful: float = 0.5  # share of steps; chosen, below the 0.8 that is flagged
    certain: float = 0.9  # share of steps; what may be acted on
    doubtful_run: float = 20  # steps; the longest human run is 11
    certain_run: float = 50  # steps; what may be acted on
    unled: float = 150  # numbered pictures per page or call: nobody shows these numbers
    led: float = 51  # … the site does: human p99 of pictures per page
    shown: float = (
        150  # pictures a first page may show at once: 8 of 14,500 human windows hold more
    )
    doubtful_steps: float = 300  # steps that no page excuses: 6 of 11,567 human days have as many
    certain_steps: float = 1_000  # … pictures at all; the busiest had 461
    sparse: float = 12  # pictures per page that excuse none of them; spiders have 14 to 50
    dense: float = 5  # … that excuse any number, for a class or an office; human p50 is 2. Calls
    # excuse none: an API answers programs as gladly.

    def score(self, actors: Frame) -> Scores:
        """Take the worst of the current run and the two windows, where no page leads."""
        run = ramp(actors[RUN], self.doubtful_run, self.certain_run)
        worst = np.zeros(len(actors))
        for walk in WALKS:
            steps, numbered, pages, calls, taken, missing, refused = map(actors.__getitem__, walk)
            share = ramp(steps / np.maximum(numbered, 1.0), self.doubtful, self.certain)
            # A class that walks one album thirty times has walked it once.
            different = np.minimum(numbered, taken + missing + refused)
            once = np.minimum(steps, different)
            leads = (pages + calls) / np.maximum(different, 1.0)
            album = (leads > 0) * (1.0 - ramp(different, self.shown, self.doubtful_steps))
            alone = (1.0 - album) * (1.0 - ramp(leads, 1.0 / self.unled, 1.0 / self.led))
            many = ramp(once, self.doubtful_steps, self.certain_steps)
            paged = ramp(pages / np.maximum(once, 1.0), 1 / self.sparse, 1 / self.dense)
            alone = np.maximum(alone, many * (1.0 - paged))
            worst = np.maximum(worst, np.maximum(run, share * (numbered >= self.pictures)) * alone)
        return worst
