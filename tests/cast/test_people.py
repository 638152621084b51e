"""People behave as people do, the odd ones too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.cast.links import NONE, Thing, thing_of
from tests.cast.world import World

if TYPE_CHECKING:
    from tests.cast.platform import Requests


@pytest.fixture(scope="module")
def world() -> World:
    return World(31, people=3_000, hours=6)


def most_pictures(requests: Requests, over: int) -> int:
    """Count the distinct pictures that the keenest address saw within *over* seconds."""
    window = requests.address[requests.pictures] * 10_000
    window += requests.at[requests.pictures] // 1000 // over % 10_000
    pairs = np.unique(np.stack([window, requests.slot[requests.pictures]]), axis=1)
    return int(np.unique(pairs[0], return_counts=True)[1].max())


def test_readers_see_pictures_on_pages(world: World) -> None:
    mine = world.requests_of("reader")

    assert np.isin(
        thing_of(mine.referer[mine.things == Thing.PICTURE]), (Thing.FEED, Thing.ALBUM, Thing.PHOTO)
    ).all()


def test_apps_know_neither_pages_nor_assets_nor_referers(world: World) -> None:
    mine = world.requests_of("app user")

    assert not set(mine.things) & {Thing.FEED, Thing.ALBUM, Thing.PHOTO, Thing.ASSET}
    assert set(mine.referer) == {NONE}


def test_a_text_browser_loads_no_thumbnails(world: World) -> None:
    assert not set(world.requests_of("text browser").things) & {Thing.ASSET, Thing.AVATAR}


def test_scrollers_pass_what_a_volume_limit_calls_doubtful(world: World) -> None:
    assert 150 < most_pictures(world.requests_of("scroller"), 600) <= 400


def test_a_power_user_visits_hundreds_of_owners_in_an_evening(world: World) -> None:
    mine = world.requests_of("power user")

    assert len(np.unique(world.owner_of(mine.slot[mine.pictures]))) > 200


def test_a_picture_frame_shows_one_picture_every_ten_seconds(world: World) -> None:
    assert set(np.diff(world.requests_of("picture frame").at)) == {10_000}


def test_an_owner_exports_nobody_elses_pictures(world: World) -> None:
    mine = world.requests_of("owner exporting")

    assert len(np.unique(world.owner_of(mine.slot[mine.things == Thing.PICTURE]))) == 1


def test_an_open_tab_is_mostly_served_from_the_cache(world: World) -> None:
    mine = world.requests_of("refreshing tab")

    assert np.mean(mine.status[mine.things == Thing.PICTURE] == 304) > 0.7
