"""Charge: what is done about a cohort itself, before any of its members is known.

A cohort behind a CDN's edges is reported and no more: all that names it is a user agent, which
people have as well, and what is done about an edge is done to whoever it serves.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from actors.features import MINUTE, Bond, Bound
from actors.frame import Frame, Scope
from actors.pairs import Habits
from detectors.fleet import Fleet
from detectors.roster import rules_hash
from enforcement.claimed import spelt
from enforcement.decision import Action, Decision, Signal, id_of
from enforcement.policy import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from actors.features import Feature
    from detectors.base import Detector
    from enforcement.campaigns import Campaign
    from enforcement.finding import Found
    from enforcement.policy import Policy


@dataclass(frozen=True, slots=True)
class Charge:
    """Decides on campaigns by the ladder: one kind of evidence slows down, and never blocks."""

    fleet: Fleet
    trust: float
    policy: Policy
    rules: str
    settings: str

    @classmethod
    def of(
        cls,
        detectors: Sequence[Detector],
        trust: Mapping[str, float],
        policy: Policy,
        settings_hash: str,
    ) -> Self:
        """Weigh by the detector of fleets among *detectors*."""
        fleet = next((d for d in detectors if isinstance(d, Fleet)), Fleet(weight=0.0))
        name = fleet.name
        return cls(fleet, trust.get(name, 1.0), policy, rules_hash(detectors), settings_hash)

    def decisions(self, found: Iterable[Found]) -> list[Decision]:
        """Decide on the campaigns whose turn it is."""
        told = ((each.minute, campaign) for each in found for campaign in each.campaigns)
        decided = (self._decision(campaign) for minute, campaign in told if campaign.told == minute)
        return [decision for decision in decided if decision]

    def _decision(self, campaign: Campaign) -> Decision | None:
        score, weight = self._score(campaign), self.fleet.weight * self.trust
        families = (str(self.fleet.family),)
        rung = int(self.policy.rungs(np.array([[score * weight]]), families)[0])
        if rung == NOTHING:
            return None
        rung = min(rung, Action.OBSERVE) if campaign.edged else rung
        at, action = (campaign.told + 1) * MINUTE, Action(rung)
        return Decision(
            id=id_of(Scope.COHORT, campaign.id, at, action, (self.rules, self.settings)),
            at=at,
            action=action,
            scope=Scope.COHORT,
            key=campaign.number,
            target=campaign.id,
            until=at + self.policy.first(rung),
            score=score * weight,
            families=families,
            signals=(self._signal(campaign, at, score, weight),),
            pictures=campaign.pairs,
            owners=0,
            rules=self.rules,
            settings=self.settings,
            campaign=campaign.id,
            agent=spelt(campaign.browser),
        )

    def _score(self, campaign: Campaign) -> float:
        zero = np.zeros(1, np.int64)
        columns: dict[Feature, NDArray[np.float64]] = {
            Bound(bond): np.array([value]) for bond, value in bonds_of(campaign).items()
        }
        frame = Frame(Scope.COHORT, zero, zero.astype(np.uint64), zero, columns)
        return float(self.fleet.score(frame)[0])

    def _signal(self, campaign: Campaign, at: int, score: float, weight: float) -> Signal:
        return Signal(
            at=at,
            scope=Scope.COHORT,
            target=campaign.id,
            detector=self.fleet.name,
            family=str(self.fleet.family),
            score=score,
            weight=weight,
            evidence=seen(campaign),
        )


def bonds_of(campaign: Campaign) -> dict[Bond, float]:
    """Tell what is scored of a cohort as a whole, which goes from owner to owner."""
    return {Bond.FLEET: 1.0 - campaign.people, Bond.LED: 0.0, Bond.ELSEWHERE: 1.0}


def seen(campaign: Campaign) -> dict[str, float]:
    """List what was counted of a campaign's cohort, and the habits by which an edge may know it."""
    habits = Habits(campaign.habits)
    return {
        **{str(Bound(bond)): value for bond, value in bonds_of(campaign).items()},
        "cohort_networks": float(campaign.networks),
        "cohort_pairs": float(campaign.pairs),
        "cohort_met": campaign.met,
        "cohort_expected": campaign.expected,
        "cohort_trait": float(campaign.trait),
        "cohort_value": float(campaign.value),
        "cohort_browser": float(campaign.browser),
        **{
            f"cohort_{name}": float(value) for name, value in asdict(campaign.corroboration).items()
        },
        **{f"cohort_{habit.name}".lower(): float(habit in habits) for habit in Habits},
    }
