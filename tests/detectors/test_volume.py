"""Volume: how many different pictures."""

from __future__ import annotations

from actors.features import DAY, MINUTE
from detectors.volume import Volume
from tests.scene import counts, score


def test_three_hundred_pictures_in_ten_minutes_are_certain() -> None:
    assert score(Volume(), counts(10 * MINUTE, PICTURES=300)) == 1.0


def test_a_picture_a_minute_for_a_week_is_seen_in_the_month() -> None:
    assert score(Volume(), counts(30 * DAY, PICTURES=10_080)) == 1.0


def test_a_handful_from_one_of_many_addresses_is_missed() -> None:
    assert score(Volume(), counts(DAY, PICTURES=60)) == 0.0


def test_the_busiest_human_day_is_hardly_suspicious() -> None:
    assert 0.0 < score(Volume(), counts(DAY, PICTURES=461)) < 0.25
