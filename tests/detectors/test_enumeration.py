"""Enumeration: numbers walked through."""

from __future__ import annotations

from actors.features import DAY, HOUR, Fact, Latest
from detectors.enumeration import Enumeration
from enforcement.policy import Policy
from tests.scene import counts, score


def test_walking_the_catalogue_is_certain() -> None:
    assert score(Enumeration(), counts(HOUR, NUMBERED=200, STEPS=199)) == 1.0


def test_a_walk_of_fifty_is_certain_without_any_window() -> None:
    assert score(Enumeration(), {Latest(Fact.RUN): 50}) == 1.0


def test_a_slow_walk_is_seen_in_the_day() -> None:
    assert score(Enumeration(), counts(DAY, NUMBERED=60, STEPS=58)) == 1.0


def test_a_shuffled_list_is_missed() -> None:
    assert score(Enumeration(), counts(DAY, NUMBERED=9_000, STEPS=90)) == 0.0


def test_a_short_walk_proves_nothing() -> None:
    walk = counts(HOUR, NUMBERED=49, STEPS=48)

    assert score(Enumeration(), walk | {Latest(Fact.RUN): 11}) == 0.0


def test_an_album_that_pages_lead_through_is_innocent() -> None:
    album = counts(HOUR, NUMBERED=80, STEPS=79, PAGES=2)

    assert score(Enumeration(), album) == 0.0


def test_no_number_of_calls_excuses_a_walk_of_a_thousand() -> None:
    walk = counts(DAY, NUMBERED=1_010, STEPS=1_000, CALLS=1_000, PICTURES=700, MISSING=310)

    assert score(Enumeration(), walk) == 1.0


def test_a_class_that_walks_one_album_thirty_times_is_innocent() -> None:
    album = counts(HOUR, NUMBERED=1_000, STEPS=950, PAGES=300, PICTURES=250)

    assert score(Enumeration(), album) == 0.0


def test_paging_through_an_album_is_only_written_down() -> None:
    album = counts(HOUR, NUMBERED=80, STEPS=79)

    assert score(Enumeration(), album) * Enumeration().weight < Policy().degrade


def test_a_picture_walked_over_again_and_again_counts_once() -> None:
    few = counts(HOUR, NUMBERED=1_000, STEPS=950, PAGES=60, PICTURES=250)
    many = counts(HOUR, NUMBERED=1_000, STEPS=950, PAGES=60, PICTURES=950)

    assert score(Enumeration(), few) == 0.0 < score(Enumeration(), many)


def test_a_class_that_opens_a_page_for_every_third_picture_is_innocent() -> None:
    lesson = counts(HOUR, NUMBERED=1_769, STEPS=1_486, PAGES=552, PICTURES=819)

    assert score(Enumeration(), lesson) == 0.0


def test_the_first_page_of_a_lesson_is_innocent() -> None:
    album = counts(HOUR, NUMBERED=152, STEPS=150, PAGES=1, PICTURES=152)

    assert score(Enumeration(), album) < 0.05


def test_one_page_excuses_no_walk_of_three_hundred() -> None:
    walk = counts(HOUR, NUMBERED=310, STEPS=305, PAGES=1, PICTURES=300)

    assert score(Enumeration(), walk) == 1.0


def test_thirty_who_open_one_album_have_a_page_for_each_of_its_pictures_between_them() -> None:
    album = counts(HOUR, NUMBERED=6_000, STEPS=5_900, PAGES=30, PICTURES=200)

    assert score(Enumeration(), album) == 0.0
