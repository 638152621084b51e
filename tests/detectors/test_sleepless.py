"""Sleepless: at all hours alike."""

from __future__ import annotations

from actors.features import DAY, Fact, Latest
from actors.frame import Scope
from detectors.sleepless import Sleepless
from tests.scene import counts, score


def day(asked: int, lull: int, *, agents: int = 1, scope: Scope = Scope.ADDRESS) -> float:
    """Score a day of so many pictures, and so many in its quietest four hours."""
    seen = counts(DAY, ASKED=asked, AGENTS=agents) | {Latest(Fact.LULL): lull}
    return score(Sleepless(), seen, scope=scope)


def test_a_picture_every_twenty_seconds_for_a_day_is_certain() -> None:
    assert day(4_300, 715) == 1.0


def test_whoever_sleeps_seven_hours_is_innocent_at_any_pace() -> None:
    # Seventeen hours awake, of which half an hour falls into the quietest four.
    assert day(1_700, 50) == 0.0


def test_a_day_of_fewer_pictures_shows_no_rhythm() -> None:
    assert day(299, 50) == 0.0


def test_a_harvester_that_rests_at_night_is_missed() -> None:
    assert day(5_000, 0) == 0.0


def test_a_network_of_people_never_sleeps_and_is_innocent() -> None:
    assert day(4_300, 715, scope=Scope.NETWORK) == 0.0


def test_a_crowd_behind_one_address_never_sleeps_and_is_innocent() -> None:
    assert day(4_300, 715, agents=3) == 0.0
