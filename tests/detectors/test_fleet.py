"""A fleet is told by what its cohort does; whoever is in none is not spoken about."""

from __future__ import annotations

from actors.features import Bond, Bound
from detectors.fleet import Fleet
from tests.scene import score

FLEET, LED = Bound(Bond.FLEET), Bound(Bond.LED)


def test_a_member_of_a_cohort_that_meets_in_nothing_is_certain() -> None:
    assert score(Fleet(), {FLEET: 0.9}) == 1.0


def test_a_visitor_outside_of_any_campaign_is_innocent() -> None:
    assert score(Fleet(), {FLEET: 0.0}) == 0.0


def test_a_cohort_half_of_which_may_be_people_proves_nothing() -> None:
    assert score(Fleet(), {FLEET: 0.5}) == 0.0


def test_a_cohort_with_fewer_people_weighs_more() -> None:
    assert 0.0 < score(Fleet(), {FLEET: 0.6}) < score(Fleet(), {FLEET: 0.7}) < 1.0


def test_who_opened_a_page_and_took_pictures_of_one_owner_weighs_half() -> None:
    assert score(Fleet(), {FLEET: 0.9, LED: 1.0}) == 0.5
