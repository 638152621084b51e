"""Forgery: a known crawler's name, sent from where that crawler does not come from.

Catches: harvesters that call themselves Googlebot or GPTBot to be let through.
Misses: names of crawlers that publish neither ranges nor names: those cannot be called forged.
Innocent: a webmaster who tries a page under a crawler's name; lists that are out of date.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from access.addresses import Ranges
from access.claims import crawler
from actors.features import HOUR, Count, Fact, Latest, Statistic
from actors.frame import Scope
from detectors.base import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores
    from enforcement.callers import Caller

CLAIM = Latest(Fact.CLAIM)
PICTURES = Count(Statistic.PICTURES, HOUR)
SIGNATURE = Latest(Fact.SIGNATURE)
GOOD, BAD = 1, 2  # signatures, by the word of an edge that the site believes


@dataclass(frozen=True, slots=True)
class Traced:
    """Where one crawler comes from, compiled for columns."""

    held: Ranges  # published, or confirmed by name
    denied: Ranges
    valid: tuple[int, int]  # when being outside of *held* is forgery; closed-open, seconds

    @classmethod
    def of(cls, caller: Caller) -> Self:
        """Compile a caller; of one who publishes no ranges nobody is outside."""
        valid = caller.valid if caller.ranges else (0, 0)
        held, denied = (*caller.ranges, *caller.confirmed), caller.denied
        return cls(Ranges.of((t, 1) for t in held), Ranges.of((t, 1) for t in denied), valid)

    def forged(self, keys: NDArray[np.uint64], at: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which addresses (rows,) borrow the name, at those times."""
        first, end = self.valid
        outside = (first <= at) & (at < end) | (self.denied.label(keys) != 0)
        borrowed: NDArray[np.bool_] = outside & (self.held.label(keys) == 0)
        return borrowed


@dataclass(frozen=True, slots=True)
class Forgery:
    """A detector that knows what the platform knows: which crawler comes from where."""

    name: ClassVar[str] = "forgery"
    family: ClassVar[Family] = Family.IDENTITY
    version: ClassVar[int] = 3
    reads: ClassVar[tuple[Feature, ...]] = (CLAIM, PICTURES, SIGNATURE)

    weight: float = 6.0  # nats; chosen: people never call themselves crawlers, webmasters do
    pictures: float = 10  # in an hour; who tries a page takes fewer
    # What the site and its file of ranges say, by number in a claim, so no knob.
    origins: Mapping[int, Traced] = field(default_factory=dict, repr=False)

    def knowing(self, callers: Iterable[Caller]) -> Self:
        """Collect where crawlers come from, of all of whom anything is known."""
        traced = {c.number: Traced.of(c) for c in callers if c.ranges or c.denied}
        return replace(self, origins=traced)

    def score(self, actors: Frame) -> Scores:
        """Give 1 to every address that claims a crawler who does not come from there.

        A crawler's signature holds wherever it comes from; a bad one is forgery even inside.
        """
        forged = np.zeros(len(actors), np.bool_)
        if actors.scope is Scope.ADDRESS:
            claimed, signature = crawler(actors[CLAIM].astype(np.uint32)), actors[SIGNATURE]
            judged = (claimed > 0) & (actors[PICTURES] >= self.pictures)
            forged |= judged & (signature == BAD)
            named = np.flatnonzero(judged & (signature != GOOD) & ~forged)
            for number in set(claimed[named].tolist()) & self.origins.keys():
                rows = named[claimed[named] == number]
                forged[rows] = self.origins[number].forged(actors.actor[rows], actors.at[rows])
        return forged.astype(np.float64)
