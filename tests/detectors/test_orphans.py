"""Orphans: pictures without what leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actors.features import Feature, Habit, Newcomers
from detectors.orphans import Orphans
from tests.scene import counts, score

if TYPE_CHECKING:
    from tests.scene import Column


def test_a_list_of_pictures_without_any_page_is_certain() -> None:
    assert score(Orphans(), counts(PICTURES=30)) == 1.0


def test_a_gallery_pulled_after_one_page_is_certain() -> None:
    assert score(Orphans(), counts(PICTURES=150, PAGES=1)) == 1.0


def test_bare_originals_are_certain_whatever_else_was_loaded() -> None:
    assert score(Orphans(), counts(ORIGINALS=40, BARE=40, PAGES=9, ASSETS=9)) == 1.0


def test_a_few_bare_originals_prove_nothing() -> None:
    assert score(Orphans(), counts(ORIGINALS=29, BARE=29, PAGES=9, ASSETS=9)) == 0.0


def test_many_pages_without_one_asset_are_half_suspicious() -> None:
    assert score(Orphans(), counts(PICTURES=200, PAGES=20)) == 0.5


def test_pages_whose_scripts_call_an_api_have_their_assets_in_a_cache() -> None:
    assert score(Orphans(), counts(PICTURES=299, PAGES=10, CALLS=15)) == 0.0


def test_a_full_browser_is_missed() -> None:
    assert score(Orphans(), counts(PICTURES=900, PAGES=3, ASSETS=4)) == 0.0


def test_an_app_that_asks_an_api_is_innocent() -> None:
    assert score(Orphans(), counts(PICTURES=55, CALLS=1)) == 0.0


def test_image_search_visitors_take_too_few_to_be_suspicious() -> None:
    assert score(Orphans(), counts(PICTURES=3)) == 0.0


@pytest.mark.parametrize(("share", "least", "most"), [(0.95, 1, 1), (0.66, 0.3, 0.45), (0, 0, 0)])
def test_it_believes_itself_as_far_as_newcomers_open_pages(
    share: float, least: float, most: float
) -> None:
    site: dict[Feature, Column] = {
        Newcomers(Habit.OPENED_PAGE): share,
        Newcomers(Habit.LOADED_ASSET): share,
    }

    assert least <= score(Orphans(), counts(PICTURES=500) | site) <= most
