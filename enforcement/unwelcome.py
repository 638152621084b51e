"""Unwelcome: a known crawler of a kind that the platform does not want, by its own name.

Catches: face searches and others of an unwelcome category that say who they are.
Misses: those that do not say it, which is most of them.
Innocent: a name alone only slows down; a block takes another family of evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from access.claims import crawler
from actors.features import HOUR, Count, Fact, Latest, Statistic
from actors.frame import Scope
from detectors.base import Family
from enforcement.reception import Manner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores
    from enforcement.callers import Caller

CLAIM = Latest(Fact.CLAIM)
PICTURES = Count(Statistic.PICTURES, HOUR)


@dataclass(frozen=True, slots=True)
class Unwelcome:
    """A detector that knows what the operator said under [crawlers]."""

    name: ClassVar[str] = "unwelcome"
    family: ClassVar[Family] = Family.IDENTITY
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (CLAIM, PICTURES)

    weight: float = 11.5  # nats; what a block takes: the operator's word, not a likelihood
    pictures: float = 2  # in an hour; chosen: one may be a test
    # Numbers in a claim; what [crawlers] says, so no knob.
    numbers: frozenset[int] = field(default=frozenset(), repr=False)

    def knowing(self, callers: Iterable[Caller]) -> Self:
        """Collect the crawlers that are unwelcome."""
        numbers = frozenset(c.number for c in callers if c.manner is Manner.UNWELCOME)
        return replace(self, numbers=numbers)

    def score(self, actors: Frame) -> Scores:
        """Give 1 to everybody who takes pictures under an unwelcome name."""
        if actors.scope is Scope.NETWORK:
            return np.zeros(len(actors))
        named = np.isin(crawler(actors[CLAIM].astype(np.uint32)), list(self.numbers))
        return (named & (actors[PICTURES] >= self.pictures)).astype(np.float64)
