"""A list that is taken up again weighs; pictures that others look at as well do not."""

from __future__ import annotations

from actors.features import Habit, Handover, Newcomers, Resumed
from detectors.sequel import Sequel
from tests.scene import score

STEPS, RETRIED, KIN = map(Resumed, (Handover.STEPS, Handover.RETRIED, Handover.KIN))
OPENED = Newcomers(Habit.OPENED_PAGE)


def test_eight_numbers_that_go_on_are_certain() -> None:
    assert score(Sequel(), {STEPS: 8}) == 1.0


def test_four_pictures_that_were_just_refused_to_another_are_certain() -> None:
    assert score(Sequel(), {RETRIED: 4}) == 1.0


def test_the_rest_of_an_owner_s_pictures_weighs_half() -> None:
    assert score(Sequel(), {KIN: 8}) == 0.5


def test_the_rest_of_an_owner_s_pictures_is_nothing_where_nobody_opens_pages() -> None:
    assert score(Sequel(), {KIN: 8, OPENED: 0.0}) == 0.0


def test_a_reader_of_the_next_two_pictures_is_innocent() -> None:
    assert score(Sequel(), {STEPS: 2, KIN: 2}) == 0.0


def test_a_shuffled_list_that_retries_nothing_is_missed() -> None:
    assert score(Sequel(), {STEPS: 0, RETRIED: 0, KIN: 1}) == 0.0
