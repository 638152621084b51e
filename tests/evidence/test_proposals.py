"""Proposed thresholds follow from what people do, and are never below the defaults."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from actors.frame import Scope
from detectors.roster import ROSTER
from detectors.volume import Volume
from evidence.distribution import ENOUGH, Distribution, described
from evidence.proposals import RULES, Proposal, proposals, rounded
from evidence.quantities import PICTURES_10MIN, QUANTITIES, Quantity


def seen(
    loud: float,
    busiest: float | None = None,
    *,
    windows: int = ENOUGH,
    quantity: Quantity = PICTURES_10MIN,
    scope: Scope = Scope.ADDRESS,
) -> Distribution:
    """Describe visitors with a window each: most take three, a hundredth are as *loud*."""
    values = np.full(windows, 3.0)
    values[: windows // 100] = loud
    values[0] = loud if busiest is None else busiest
    return described(quantity, scope, np.arange(windows, dtype=np.uint64), values, 1)


def proposed(*told: Distribution, knob: str = "certain_10min") -> Proposal:
    found = proposals(told, ROSTER, ROSTER)
    return next(each for each in found if each.rule.knob == knob)


@pytest.mark.parametrize(("knob", "value"), [("doubtful_10min", 200), ("certain_10min", 400)])
def test_thresholds_are_the_factors_of_the_literature(knob: str, value: float) -> None:
    assert proposed(seen(100, 5_000), knob=knob).value == value


@pytest.mark.parametrize(("knob", "value"), [("doubtful_10min", 200), ("certain_10min", 400)])
def test_what_nobody_ever_did_is_certain(knob: str, value: float) -> None:
    proposal = proposed(seen(180, 400), knob=knob)

    assert proposal.value == value
    assert "the busiest (400)" in proposal.reason


def test_the_default_is_the_least() -> None:
    proposal = proposed(seen(5))

    assert (proposal.value, proposal.changes) == (Volume().certain_10min, False)
    assert proposal.reason.startswith("the default, for 4 x p99.9 (5)")


def test_what_was_raised_before_comes_down_again() -> None:
    raised = tuple(replace(d, certain_10min=900) if isinstance(d, Volume) else d for d in ROSTER)
    found = proposals([seen(5)], raised, ROSTER)

    down = next(each for each in found if each.rule.knob == "certain_10min")
    assert (down.now, down.value, down.changes) == (900, 300, True)


def test_of_addresses_and_accounts_the_one_that_does_more_counts() -> None:
    proposal = proposed(seen(100, 5_000), seen(150, 5_000, scope=Scope.ACCOUNT))

    assert (proposal.value, proposal.seen.scope) == (600, Scope.ACCOUNT)


def test_too_little_data_leads_to_no_threshold() -> None:
    assert list(proposals([seen(100, windows=ENOUGH - 1)], ROSTER, ROSTER)) == []


def test_the_reason_says_how_many_people_are_above() -> None:
    words = "1 of 10,000 windows and 1 of 10,000 visitors (by address) are above"

    assert words in proposed(seen(100, 5_000)).reason


@pytest.mark.parametrize("loud", [1, 17, 120, 999])
def test_certainty_is_always_above_doubt(loud: float) -> None:
    told = [seen(loud, 1.5 * loud, quantity=quantity) for quantity in QUANTITIES]
    found = {(p.rule.detector, p.rule.knob): p.value for p in proposals(told, ROSTER, ROSTER)}

    doubts = [place for place in found if place[1].startswith("doubtful")]
    assert len(found) == len(RULES)
    assert all(
        found[name, knob] < found[name, knob.replace("doubtful", "certain")]
        for name, knob in doubts
    )


@pytest.mark.parametrize(
    ("value", "found"), [(0, 0), (7.2, 8), (101, 110), (400, 400), (1_234, 1_300)]
)
def test_thresholds_are_rounded_up_to_two_digits(value: float, found: float) -> None:
    assert rounded(value) == found
