"""Swarms spread their work so that no address of theirs stands out, each in its own way."""

from __future__ import annotations

import numpy as np
import pytest

from tests.cast.links import NONE, Thing
from tests.cast.swarms import SWARMS
from tests.cast.world import World

HOMES = ("pageless fleet", "paging fleet", "popularity mimic")


@pytest.fixture(scope="module", params=[51, 52])
def world(request: pytest.FixtureRequest) -> World:
    names = [role.name for role in SWARMS]
    return World(request.param, people=600, hours=24, pictures=30_000, harvesters=names)


def test_the_datacentre_fleet_comes_from_a_few_networks_in_equal_shares(world: World) -> None:
    mine = world.requests_of("datacentre fleet")
    shares = np.unique(mine.address, return_counts=True)[1]

    assert 2 <= len(np.unique(mine.address >> 8)) <= 4
    assert len(shares) >= 60
    assert np.ptp(shares) <= 1
    assert set(mine.things) == {Thing.PICTURE}
    assert set(mine.referer) == {NONE}


@pytest.mark.parametrize("name", HOMES)
def test_a_home_takes_six_pictures_at_most_and_most_networks_are_seen_once(
    world: World, name: str
) -> None:
    mine = world.requests_of(name)
    taken = np.unique(mine.address[mine.pictures], return_counts=True)[1]
    networks = np.unique(np.unique(mine.address) >> 8, return_counts=True)[1]

    assert taken.max() <= 6
    assert np.median(networks) == 1


def test_the_pageless_fleet_changes_its_agent_within_an_address(world: World) -> None:
    mine = world.requests_of("pageless fleet")
    agents = np.unique(np.stack([mine.address, mine.agent]), axis=1)[0]

    assert set(mine.things) == {Thing.PICTURE}
    assert np.mean(np.unique(agents, return_counts=True)[1] > 1) > 0.9


@pytest.mark.parametrize("name", ["paging fleet", "popularity mimic"])
def test_every_picture_follows_its_page_within_a_second(world: World, name: str) -> None:
    mine = world.requests_of(name)
    mine = mine.where(mine.things != Thing.ASSET)
    order = np.lexsort((mine.at, mine.address))
    link, things = mine.link[order], mine.things[order]
    taken = np.flatnonzero(mine.pictures[order] & (np.arange(len(link)) > 0))
    taken = taken[things[taken - 1] == Thing.PHOTO]

    assert len(taken) >= 0.99 * mine.pictures.sum()  # a world begins and ends between two
    assert (mine.referer[order][taken] == link[taken - 1]).all()
    assert (np.diff(mine.at[order])[taken - 1] < 1_000).all()


@pytest.mark.parametrize("name", ["pageless fleet", "paging fleet", "datacentre fleet"])
def test_whoever_shares_a_list_takes_no_picture_twice(world: World, name: str) -> None:
    mine = world.requests_of(name)
    slots = mine.slot[mine.pictures]

    assert len(np.unique(slots)) == len(slots)


def test_the_popularity_mimic_takes_what_people_take(world: World) -> None:
    people, mimic, fleet = (
        world.requests_of(name) for name in ("reader", "popularity mimic", "paging fleet")
    )
    seen = np.unique(people.slot[people.pictures])

    shared = [np.isin(r.slot[r.pictures], seen).mean() for r in (mimic, fleet)]

    assert shared[0] > 2 * shared[1]
    assert len(np.unique(mimic.slot[mimic.pictures])) < 0.9 * mimic.pictures.sum()


def test_the_returner_goes_on_as_another_where_it_left_off(world: World) -> None:
    mine = world.requests_of("returner")
    turns = np.flatnonzero(np.diff(mine.address) != 0)

    assert 1 <= len(turns) == len(np.unique(mine.address)) - 1 <= 3
    assert len(np.unique(mine.slot)) == len(mine.slot)
    assert (np.diff(mine.at)[turns] > 300_000).all()


def test_the_returner_s_list_goes_owner_by_owner_over_its_identities(world: World) -> None:
    mine = world.requests_of("returner")
    owner = world.owner_of(mine.slot)

    assert (np.diff(owner) != 0).sum() == len(np.unique(owner)) - 1
