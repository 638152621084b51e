"""Forgery: a known crawler's name, sent from outside the ranges that crawler publishes.

Catches: harvesters that call themselves Googlebot or GPTBot to be let through.
Misses: names of crawlers that publish no ranges: those cannot be verified, nor called forged.
Innocent: a webmaster who tries a page under a crawler's name; ranges that are out of date.
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

    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores
    from enforcement.pardons import Pardon

CLAIM = Latest(Fact.CLAIM)
PICTURES = Count(Statistic.PICTURES, HOUR)


@dataclass(frozen=True, slots=True)
class Forgery:
    """A detector that knows what the platform knows: which crawler comes from where."""

    name: ClassVar[str] = "forgery"
    family: ClassVar[Family] = Family.IDENTITY
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (CLAIM, PICTURES)

    weight: float = 6.0  # nats; chosen: people never call themselves crawlers, webmasters do
    pictures: float = 10  # in an hour; who tries a page takes fewer
    # Crawler number → where it comes from; what the site says, so no knob.
    published: Mapping[int, Ranges] = field(default_factory=dict, repr=False)

    def knowing(self, pardons: Iterable[Pardon]) -> Self:
        """Collect the ranges of all crawlers that have some."""
        targets: dict[int, list[str]] = {}
        for pardon in pardons:
            if pardon.crawler and pardon.targets:
                targets.setdefault(pardon.crawler, []).extend(pardon.targets)
        published = {n: Ranges.of((t, 1) for t in texts) for n, texts in targets.items()}
        return replace(self, published=published)

    def score(self, actors: Frame) -> Scores:
        """Give 1 to every address that claims a crawler whose ranges do not hold it."""
        forged = np.zeros(len(actors), np.bool_)
        if actors.scope is Scope.ADDRESS:
            claimed = crawler(actors[CLAIM].astype(np.uint32))
            for number, ranges in self.published.items():
                forged |= (claimed == number) & (ranges.label(actors.actor) == 0)
        return (forged & (actors[PICTURES] >= self.pictures)).astype(np.float64)
