"""Disguise: agents that no person has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from access.claims import Family, Flag
from actors.features import DAY, Fact, Feature, Latest
from actors.frame import Scope
from detectors.disguise import Disguise
from tests.scene import counts, score

if TYPE_CHECKING:
    from tests.scene import Column

MAY_2026 = 1_777_600_000  # seconds since 1970 UTC


def claim(family: Family, major: int = 0, flag: int = 0) -> dict[Feature, Column]:
    return {Latest(Fact.CLAIM): float(family | major << 8 | flag << 18)}


@pytest.mark.parametrize("flag", [Flag.TOOL, Flag.TEMPLATE, Flag.IMPOSSIBLE, 63])
def test_a_tool_that_takes_ten_pictures_is_certain(flag: int) -> None:
    assert score(Disguise(), counts(PICTURES=10) | claim(Family.TOOL, 2, flag)) == 1.0


def test_a_declared_bot_is_half_suspicious() -> None:
    assert score(Disguise(), counts(PICTURES=10) | claim(Family.CRAWLER, 0, Flag.CRAWLER)) == 0.5


def test_a_browser_frozen_six_years_ago_is_half_suspicious() -> None:
    frozen = counts(PICTURES=99) | claim(Family.FIREFOX, 72)

    assert score(Disguise(), frozen, at=MAY_2026) == 0.5


def test_a_browser_two_years_old_is_hardly_suspicious() -> None:
    old = counts(PICTURES=99) | claim(Family.CHROME, 124)

    assert 0.0 < score(Disguise(), old, at=MAY_2026) < 0.2


def test_one_old_phone_says_nothing_of_all_those_behind_its_address() -> None:
    old = counts(PICTURES=99) | claim(Family.CHROME, 113)

    assert score(Disguise(), old | counts(DAY, AGENTS=4), at=MAY_2026) > 0.2
    assert score(Disguise(), old | counts(DAY, AGENTS=5), at=MAY_2026) == 0.0


def test_a_current_browsers_name_is_missed() -> None:
    assert score(Disguise(), counts(PICTURES=9_999) | claim(Family.CHROME, 146), at=MAY_2026) == 0.0


def test_a_link_preview_is_innocent() -> None:
    assert score(Disguise(), counts(PICTURES=9) | claim(Family.TOOL, 0, Flag.TOOL)) == 0.0


def test_a_network_claims_nothing() -> None:
    tool = counts(PICTURES=99) | claim(Family.TOOL, 0, Flag.TOOL)

    assert score(Disguise(), tool, scope=Scope.NETWORK) == 0.0
