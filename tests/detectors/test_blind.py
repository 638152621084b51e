"""Blind: asked for what is not there."""

from __future__ import annotations

import pytest

from actors.features import DAY, HOUR
from detectors.blind import Blind
from tests.scene import counts, score


@pytest.mark.parametrize("over", [HOUR, DAY])
def test_made_up_addresses_are_certain(over: int) -> None:
    assert score(Blind(), counts(over, ASKED=400, MISSING=380)) == 1.0


def test_a_page_with_a_few_holes_is_innocent() -> None:
    assert score(Blind(), counts(HOUR, ASKED=29, MISSING=29)) == 0.0


def test_whoever_a_firewall_refuses_is_not_blind_for_that() -> None:
    assert score(Blind(), counts(HOUR, ASKED=500, REFUSED=480)) == 0.0


def test_refusals_do_not_hide_what_was_missing() -> None:
    assert score(Blind(), counts(HOUR, ASKED=500, REFUSED=400, MISSING=95)) == 1.0


def test_dense_numbers_of_which_a_third_is_gone_are_missed() -> None:
    assert score(Blind(), counts(HOUR, ASKED=3_000, MISSING=1_020)) == 0.0
