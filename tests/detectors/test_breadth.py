"""Breadth: how many different owners."""

from __future__ import annotations

from actors.features import DAY, HOUR
from detectors.breadth import Breadth
from enforcement.policy import Policy
from tests.scene import counts, score


def test_sixty_owners_in_an_hour_are_certain() -> None:
    assert score(Breadth(), counts(HOUR, OWNERS=60)) == 1.0


def test_a_thousand_owners_in_a_day_are_certain_at_any_pace() -> None:
    assert score(Breadth(), counts(DAY, OWNERS=1_000)) == 1.0


def test_one_owners_whole_gallery_is_missed() -> None:
    assert score(Breadth(), counts(HOUR, OWNERS=1, PICTURES=5_000)) == 0.0


def test_a_power_user_with_300_owners_in_an_evening_is_only_written_down() -> None:
    evening = counts(HOUR, OWNERS=60) | counts(DAY, OWNERS=300)

    assert score(Breadth(), evening) * Breadth().weight < Policy().degrade
