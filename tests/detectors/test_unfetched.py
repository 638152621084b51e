"""Unfetched: browsers that send less than browsers do."""

from __future__ import annotations

import pytest

from actors.features import Fact, Habit, Latest, Newcomers
from actors.frame import Scope
from detectors.unfetched import Unfetched
from tests.scene import counts, score


def asked(
    *,
    unfetched: int = 0,
    unpictured: int = 0,
    pictures: int = 40,
    habits: float = 1.0,
    scope: Scope = Scope.ADDRESS,
) -> float:
    """Score whoever asked for so many pictures in a row without what browsers send."""
    seen = counts(ASKED=pictures)
    seen |= {Latest(Fact.UNFETCHED): unfetched, Latest(Fact.UNPICTURED): unpictured}
    seen |= {Newcomers(Habit.FETCHED): habits, Newcomers(Habit.PICTURED): habits}
    return score(Unfetched(), seen, scope=scope)


def test_a_library_under_a_browsers_name_is_certain() -> None:
    assert asked(unfetched=40) == 1.0
    assert asked(unpictured=40) == 1.0


def test_a_browser_is_innocent() -> None:
    assert asked() == 0.0


def test_where_newcomers_browsers_send_no_more_it_means_nothing() -> None:
    assert asked(unfetched=40, unpictured=40, habits=0.0) == 0.0
    assert 0.0 < asked(unfetched=40, habits=0.7) < 0.5


@pytest.mark.parametrize("run", [1, 10])
def test_one_browser_of_a_crowd_that_strips_headers_is_innocent(run: int) -> None:
    assert asked(unfetched=run, unpictured=run, pictures=9_999) == 0.0


def test_a_few_pictures_show_nothing() -> None:
    assert asked(unfetched=255, pictures=9) == 0.0


def test_a_network_sends_nothing() -> None:
    assert asked(unfetched=255, scope=Scope.NETWORK) == 0.0


def test_a_driven_browser_is_missed() -> None:
    assert asked(pictures=9_999) == 0.0
