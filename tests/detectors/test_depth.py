"""Depth: how many galleries were taken whole."""

from __future__ import annotations

from actors.features import DAY, MINUTE
from detectors.depth import Depth
from enforcement.policy import Policy
from tests.scene import counts, score

SPAN = 10 * MINUTE


def test_six_galleries_in_ten_minutes_are_certain() -> None:
    assert score(Depth(), counts(SPAN, GALLERIES=6, PICTURES=60)) == 1.0


def test_more_is_never_less() -> None:
    scores = [score(Depth(), counts(SPAN, GALLERIES=many)) for many in range(9)]

    assert scores == sorted(scores)
    assert scores[3] > 0.0


def test_a_friends_gallery_and_ones_own_are_nothing() -> None:
    assert score(Depth(), counts(SPAN, GALLERIES=2, PICTURES=400)) == 0.0


def test_a_screen_that_gets_through_three_is_not_even_written_down() -> None:
    assert score(Depth(), counts(SPAN, GALLERIES=3)) * Depth().weight < Policy().observe


def test_a_slow_downloader_is_missed() -> None:
    assert score(Depth(), counts(SPAN, GALLERIES=1) | counts(DAY, GALLERIES=90)) == 0.0


def test_a_list_of_single_pictures_is_missed() -> None:
    assert score(Depth(), counts(SPAN, GALLERIES=0, PICTURES=2_000, OWNERS=2_000)) == 0.0
