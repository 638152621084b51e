"""Harvesters that are logged in stay within what one account may, or walk where the app walks."""

from __future__ import annotations

import numpy as np
import pytest

from tests.cast.links import NONE, Thing
from tests.cast.members import MEMBERS
from tests.cast.world import World


@pytest.fixture(scope="module", params=[41, 42])
def world(request: pytest.FixtureRequest) -> World:
    names = [role.name for role in MEMBERS]
    return World(request.param, people=100, hours=24, pictures=30_000, harvesters=names)


def test_the_cursor_walker_has_one_account_and_asks_the_feed_for_every_picture(
    world: World,
) -> None:
    mine = world.requests_of("cursor walker")
    calls = (mine.things == Thing.CALL_FEED).sum()

    assert (len(np.unique(mine.account)), len(np.unique(mine.address))) == (1, 1)
    assert mine.account[0] != 0
    assert 20 <= mine.pictures.sum() / calls <= 50
    assert set(mine.referer) == {NONE}


def test_the_cursor_walker_goes_from_the_newest_to_older_ones(world: World) -> None:
    mine = world.requests_of("cursor walker")

    assert (np.diff(mine.slot[mine.pictures]) < 0).all()


def test_an_account_of_the_ring_looks_at_some_sixteen_owners_that_no_other_looks_at(
    world: World,
) -> None:
    mine = world.requests_of("account ring")
    pictures = mine.pictures
    pairs = np.unique(
        np.stack([mine.account[pictures], world.owner_of(mine.slot[pictures])]), axis=1
    )

    owners = np.unique(pairs[0], return_counts=True)[1]
    assert len(owners) >= 20
    assert (owners >= 14).all()
    assert (owners <= 17).all()
    assert len(np.unique(pairs[1])) == pairs.shape[1]


def test_an_account_of_the_ring_is_at_home_in_one_place_and_opens_every_picture_s_page(
    world: World,
) -> None:
    mine = world.requests_of("account ring")
    homes = np.unique(np.stack([mine.account, mine.address]), axis=1)

    assert homes.shape[1] == len(np.unique(homes[0])) == len(np.unique(homes[1]))
    assert np.isin(mine.referer[mine.pictures], mine.link[mine.things == Thing.PHOTO]).all()


def test_no_account_of_the_ring_is_in_a_hurry(world: World) -> None:
    mine = world.requests_of("account ring")
    minute = mine.account[mine.pictures] * 100_000 + mine.at[mine.pictures] // 60_000 % 100_000

    assert np.unique(minute, return_counts=True)[1].max() <= 12
