"""Referrers: pictures asked for from nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.features import Feature, Habit, Newcomers
from detectors.referrers import Referrers
from tests.scene import counts, score

if TYPE_CHECKING:
    from tests.scene import Column


def test_a_hundred_pictures_from_nowhere_are_certain() -> None:
    assert score(Referrers(), counts(ASKED=100, UNREFERRED=100)) == 1.0


def test_the_root_on_everything_is_certain() -> None:
    assert score(Referrers(), counts(ASKED=100, ROOTED=100)) == 1.0


def test_a_copied_page_address_is_missed() -> None:
    assert score(Referrers(), counts(ASKED=5_000)) == 0.0


def test_a_reader_who_came_by_bookmark_is_innocent() -> None:
    assert score(Referrers(), counts(ASKED=100, UNREFERRED=4, ROOTED=20)) == 0.0


def test_a_site_whose_pictures_have_a_host_of_their_own_makes_it_silent() -> None:
    site: dict[Feature, Column] = {Newcomers(Habit.SENT_REFERRER): 0.0}

    assert score(Referrers(), counts(ASKED=100, ROOTED=100) | site) == 0.0
