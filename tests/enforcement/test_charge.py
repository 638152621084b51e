"""A cohort is slowed down at most, and behind edges only reported, by its name."""

from __future__ import annotations

from access.claims import Family
from actors.meetings import Trait
from actors.pairs import Habits
from detectors.roster import ROSTER
from enforcement.charge import Charge
from enforcement.decision import Action
from enforcement.finding import Found
from enforcement.policy import Policy
from evidence.explain import Record
from tests.actors.given import NOON
from tests.enforcement.looks import campaign

CHARGE = Charge.of(ROSTER, {}, Policy(), "settings")
CHROME_109 = int(Family.CHROME) | 109 << 8
EDGED = campaign(
    habits=int(Habits.EDGED), trait=Trait.AGENT, value=7, browser=CHROME_109, told=NOON
)


def test_a_fleet_of_homes_is_slowed_down() -> None:
    (decision,) = CHARGE.decisions([Found(NOON, (campaign(told=NOON),))])

    assert (decision.action, decision.agent) == (Action.THROTTLE, "")


def test_a_fleet_behind_edges_is_reported_by_its_name() -> None:
    (decision,) = CHARGE.decisions([Found(NOON, (EDGED,))])

    seen = decision.signals[0].evidence
    assert (decision.action, decision.agent) == (Action.OBSERVE, "chrome/109")
    assert (seen["cohort_edged"], seen["cohort_value"]) == (1.0, 7.0)
    assert seen["cohort_browser"] == CHROME_109


def test_a_fleet_that_is_told_by_its_handshake_is_slowed_down_as_any_and_says_so() -> None:
    """Members show the same hash as `ja4`; the cohort's decision orders nothing by it."""
    shaken = campaign(trait=Trait.HANDSHAKE, value=0x1234_5678, told=NOON)
    decisions = CHARGE.decisions([Found(NOON, (shaken,))])
    (decision,) = decisions

    seen = decision.signals[0].evidence
    told = Record(decisions, (), ROSTER, Policy()).explain(shaken.id)
    assert (decision.action, decision.ja4) == (Action.THROTTLE, "")
    assert (seen["cohort_trait"], seen["cohort_value"]) == (Trait.HANDSHAKE, 0x1234_5678)
    assert "Formed by handshake" in told.parts[0].reason
    assert "ends in 12345678" in told.parts[0].reason


def test_what_is_decided_about_a_cohort_can_be_explained() -> None:
    decisions = CHARGE.decisions([Found(NOON, (EDGED,))])

    told = Record(decisions, (), ROSTER, Policy()).explain(EDGED.id)

    assert (told.action, told.levers) == ("observe", ())
    assert (
        "60 clients of one user agent (chrome/109; its hash ends in 00000007)"
        in told.parts[0].reason
    )
