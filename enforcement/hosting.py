"""Hosting: pictures taken from where machines are rented, not from where people live.

Catches: harvesters on rented servers, whatever they claim to be and however few they take.
Misses: homes that are rented as proxies; sites that name no `systems` file in site.toml.
Innocent: people behind a VPN or a company's gateway, link scanners, archives, feed readers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from access.site.systems import Systems
from actors.features import HOUR, Count, Statistic
from actors.frame import Scope
from detectors.base import Family

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

ASKED = Count(Statistic.ASKED, HOUR)


@dataclass(frozen=True, slots=True)
class Hosting:
    """A detector that knows what the platform knows: whose addresses are a hoster's."""

    name: ClassVar[str] = "hosting"
    family: ClassVar[Family] = Family.IDENTITY
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (ASKED,)

    weight: float = 1.0  # nats; 58 % of declared bots against 20 % of people: ln(0.58 / 0.2)
    pictures: float = 10  # asked for in an hour; a link scanner or preview takes fewer
    # What the site's file says, so no knob.
    systems: Systems = field(default_factory=Systems.nowhere, repr=False, compare=False)

    def knowing(self, systems: Systems) -> Self:
        """Take what the site says of networks."""
        return replace(self, systems=systems)

    def score(self, actors: Frame) -> Scores:
        """Give 1 to addresses and networks of hosters; sessions and accounts have no place."""
        if actors.scope not in (Scope.ADDRESS, Scope.NETWORK):
            return np.zeros(len(actors))
        hosted = self.systems.hosted(actors.actor)
        return (hosted & (actors[ASKED] >= self.pictures)).astype(np.float64)
