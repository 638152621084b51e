"""Undrawn: pages without what draws them."""

from __future__ import annotations

import pytest

from access.claims import Family, Flag
from actors.features import DAY, Fact, Habit, Latest, Newcomers
from actors.frame import Scope
from detectors.undrawn import Undrawn
from tests.scene import CHROME_100, counts, score


def read(
    pages: int,
    *,
    assets: int = 0,
    claim: int = CHROME_100,
    loaders: float = 1.0,
    scope: Scope = Scope.ADDRESS,
) -> float:
    """Score a day of so many pages, and the assets of its month."""
    seen = counts(DAY, PAGES=pages) | counts(30 * DAY, ASSETS=assets)
    seen |= {Latest(Fact.CLAIM): claim, Newcomers(Habit.LOADED_ASSET): loaders}
    return score(Undrawn(), seen, scope=scope)


def test_a_scraper_of_pages_that_calls_itself_chrome_is_certain() -> None:
    assert read(15) == 1.0
    assert read(15, scope=Scope.NETWORK) == 1.0


def test_a_reader_with_one_asset_in_a_month_is_innocent() -> None:
    assert read(500, assets=1) == 0.0


def test_a_few_pages_may_come_out_of_a_warm_cache() -> None:
    assert read(5) == 0.0
    assert 0.0 < read(10) < 1.0


@pytest.mark.parametrize("claim", [Family.OTHER, Family.APP, Family.TOOL, 1 | Flag.CRAWLER << 18])
def test_a_text_browser_an_app_and_a_crawler_draw_nothing_and_are_innocent(claim: int) -> None:
    assert read(500, claim=claim) == 0.0


def test_where_no_newcomer_loads_assets_it_means_nothing() -> None:
    assert read(500, loaders=0.0) == 0.0


@pytest.mark.parametrize("scope", [Scope.SESSION, Scope.ACCOUNT])
def test_sessions_are_not_known_where_assets_lie_and_are_innocent(scope: Scope) -> None:
    assert read(500, scope=scope) == 0.0


def test_a_list_of_pictures_worked_off_without_pages_is_missed() -> None:
    assert read(0) == 0.0
