"""Watchers are given very many pictures, and none of them harvests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.cast.links import Thing, thing_of
from tests.cast.watchers import FRAME_EVERY, WATCHERS
from tests.cast.world import World

if TYPE_CHECKING:
    from tests.cast.platform import Requests

SECOND = 1_000  # milliseconds


def on_screen(world: World, number: int) -> Requests:
    every = world.requests_of("wall screen")
    mine = every.visitor == every.visitor.min() + number
    return every.where(mine & (every.things == Thing.PICTURE))


@pytest.fixture(scope="module", params=[111, 112])
def world(request: pytest.FixtureRequest) -> World:
    few = {"people": 600, "hours": 14, "pictures": 20_000}
    return World(request.param, **few, harvesters=(), passersby=WATCHERS)  # type: ignore[arg-type]  # plain numbers


@pytest.mark.parametrize("number", [0, 1])
def test_a_screen_shows_several_owners_one_picture_every_ten_seconds_for_hours(
    world: World, number: int
) -> None:
    mine = on_screen(world, number)

    assert (np.diff(mine.at) == FRAME_EVERY * SECOND).all()
    assert len(mine) > 4 * 360
    assert len(np.unique(world.owner_of(mine.slot))) >= 3


@pytest.mark.parametrize("number", [0, 1])
def test_a_screen_that_shows_a_picture_again_has_it_already(world: World, number: int) -> None:
    mine = on_screen(world, number)
    _, first = np.unique(mine.slot, return_index=True)

    assert (mine.status[mine.at > mine.at[first].max()] == 304).all()


def test_a_search_crowd_takes_the_same_few_pictures_and_sends_the_search_as_referer(
    world: World,
) -> None:
    mine = world.requests_of("search crowd")

    assert len(np.unique(mine.slot)) <= 60 < len(np.unique(mine.address))
    assert (thing_of(mine.referer) == Thing.SEARCH).all()


def test_an_app_that_loads_ahead_asks_for_no_page_and_sends_no_referer(world: World) -> None:
    mine = world.requests_of("app prefetcher")

    assert set(mine.things.tolist()) == {Thing.CALL_FEED, Thing.PICTURE}
    assert (mine.referer == 0).all()


def test_a_warm_browser_is_told_that_nothing_has_changed(world: World) -> None:
    mine = world.requests_of("warm returner")

    assert (mine.things != Thing.ASSET).all()
    assert (mine.status[mine.pictures] == 304).all()
