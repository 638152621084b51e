"""What nothing led to is held against a fleet's members, and against nobody else."""

from __future__ import annotations

from actors.features import Bond, Bound
from detectors.stray import Stray
from tests.scene import score

FLEET, LED, ELSEWHERE = Bound(Bond.FLEET), Bound(Bond.LED), Bound(Bond.ELSEWHERE)


def test_bare_pictures_of_two_owners_are_certain() -> None:
    assert score(Stray(), {FLEET: 0.9, ELSEWHERE: 1.0}) == 1.0


def test_one_bare_picture_may_be_a_link_that_was_passed_around() -> None:
    assert score(Stray(), {FLEET: 0.9}) == 0.5


def test_pictures_of_two_owners_behind_pages_weigh_half() -> None:
    assert score(Stray(), {FLEET: 0.9, LED: 1.0, ELSEWHERE: 1.0}) == 0.5


def test_who_is_in_no_fleet_is_innocent_whatever_it_opens() -> None:
    assert score(Stray(), {ELSEWHERE: 1.0}) == 0.0


def test_a_member_that_takes_one_picture_after_its_page_is_missed() -> None:
    assert score(Stray(), {FLEET: 0.9, LED: 1.0}) == 0.0
