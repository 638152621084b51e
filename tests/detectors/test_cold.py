"""Cold: pictures that nobody looked at for days."""

from __future__ import annotations

import pytest

from actors.features import DAY, HOUR, Habit, Newcomers
from detectors.cold import Cold
from enforcement.policy import Policy
from tests.scene import counts, score

CERTAIN = pytest.approx(1.0)


def took(
    cold: int, pictures: int, *, owners: int = 40, usual: float = 0.2, over: int = HOUR
) -> float:
    """Score a window of so many pictures, on a site where newcomers' are cold so often."""
    seen = counts(over, COLD=cold, PICTURES=pictures, OWNERS=owners)
    return score(Cold(), seen | {Newcomers(Habit.WENT_COLD): usual})


def test_a_catalogue_worked_off_is_certain() -> None:
    assert took(60, 75) == CERTAIN
    assert took(150, 190, owners=100, over=DAY) == CERTAIN


def test_a_scroller_who_is_given_what_everybody_is_given_is_innocent() -> None:
    assert took(80, 400) == 0.0


def test_galleries_of_a_few_owners_may_be_an_interest_and_are_missed() -> None:
    assert took(200, 200, owners=29) == 0.0
    assert took(400, 400, owners=99, over=DAY) == 0.0


def test_a_screen_that_goes_through_old_albums_is_innocent() -> None:
    assert took(180, 180, owners=12) == 0.0


def test_whose_pictures_they_are_must_be_known() -> None:
    assert took(200, 200, owners=0) == 0.0


def test_few_cold_pictures_are_what_anybody_meets() -> None:
    assert took(30, 30) == 0.0
    assert 0.0 < took(45, 50) < 1.0


def test_where_all_is_cold_it_means_nothing() -> None:
    assert took(900, 900, usual=1.0) == 0.0
    assert 0.0 < took(900, 900, usual=0.6) < 1.0


def test_a_site_where_nothing_was_ever_cold_is_no_trouble() -> None:
    assert took(60, 75, usual=0.0) == CERTAIN


def test_alone_it_only_makes_pictures_smaller() -> None:
    assert Policy().degrade < Cold().weight < Policy().throttle
