"""Tenure: an account that is new here, and looks at so many people already.

Catches: accounts made for a harvest, each of which stays within what an old one may do.
Misses: accounts that were bought or left to age; sites whose `accounts` tell no age in site.toml.
Innocent: whoever joins, and scrolls on the first evening through a feed that mixes everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from access.site.lookups import DAY as DAY_MS
from access.site.lookups import Accounts
from actors.features import DAY, HOUR, Count, Statistic
from actors.frame import Scope
from detectors.base import Family, ramp

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

FRESH = Count(Statistic.OWNERS, HOUR)
LONG = Count(Statistic.OWNERS, DAY)


@dataclass(frozen=True, slots=True)
class Tenure:
    """A detector that knows what the platform knows: how old an account is."""

    name: ClassVar[str] = "tenure"
    family: ClassVar[Family] = Family.VOLUME
    version: ClassVar[int] = 1
    reads: ClassVar[tuple[Feature, ...]] = (FRESH, LONG)

    weight: float = 2.0  # nats; chosen: as breadth; both together degrade, and do no more
    doubtful_1h: float = 15  # owners; half of what is doubtful of anybody, as the statement asks
    certain_1h: float = 30  # owners; half of the joint statement's limit on other people's profiles
    doubtful_24h: float = 100  # owners; chosen: a third of what is doubtful of anybody
    certain_24h: float = 300  # owners; the evening of a power user, who is not new
    new: float = 1  # days; an account that young is watched wholly; chosen
    settled: float = 7  # days, from which on it is as any other; chosen
    # What the site's table says, so no knob.
    accounts: Accounts = field(default_factory=Accounts.nobody, repr=False, compare=False)

    def knowing(self, accounts: Accounts) -> Self:
        """Take what the site says of accounts."""
        return replace(self, accounts=accounts)

    def score(self, actors: Frame) -> Scores:
        """Take the worse of the two windows, as far as the account is new."""
        if actors.scope is not Scope.ACCOUNT:
            return np.zeros(len(actors))
        fresh = ramp(actors[FRESH], self.doubtful_1h, self.certain_1h)
        long = ramp(actors[LONG], self.doubtful_24h, self.certain_24h)
        young: Scores = ramp(-self._days(actors), -self.settled, -self.new)
        return np.maximum(fresh, long) * young

    def _days(self, actors: Frame) -> Scores:
        """Tell how old accounts are at most; one that the table lacks is younger than its newest.

        So a table that is a week old says nothing of accounts that came later.
        """
        at = actors.at * 1000
        newest = self.accounts.created.max(initial=-1)
        since = (at - newest) / DAY_MS if newest >= 0 else np.full(len(at), np.inf)
        days = self.accounts.age(actors.actor, at)
        return np.where(np.isnan(days), since, days)
