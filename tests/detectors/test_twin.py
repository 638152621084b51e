"""Two names that take turns speak against one visitor, and not against an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.features import DAY, Fact, Latest
from actors.frame import Scope
from detectors.twin import Twin
from tests.scene import counts, score

if TYPE_CHECKING:
    from actors.features import Feature
    from tests.scene import Column

TURNS = Latest(Fact.TURNS)


def seen(turns: float, pictures: float = 200, people: float = 1) -> dict[Feature, Column]:
    return {TURNS: turns, **counts(PICTURES=pictures), **counts(DAY, AGENTS=people)}


def test_an_app_that_pages_for_a_browser_that_fetches_is_certain() -> None:
    assert score(Twin(), seen(50)) == 1.0


def test_an_office_with_somebody_s_script_is_innocent() -> None:
    assert score(Twin(), seen(120, people=12)) == 0.0


def test_a_webmaster_who_tries_a_few_pages_is_innocent() -> None:
    assert score(Twin(), seen(10)) == 0.0


def test_a_network_s_addresses_take_no_turns() -> None:
    assert score(Twin(), seen(50), scope=Scope.NETWORK) == 0.0


def test_two_browsers_at_one_address_are_missed() -> None:
    assert score(Twin(), seen(0)) == 0.0
