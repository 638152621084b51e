"""Each harvester behaves as its tool is known to (regulators.md 2.2)."""

from __future__ import annotations

import numpy as np
import pytest

from tests.cast.addresses import CRAWLER_RANGE, codes_inside
from tests.cast.links import CUTS, NONE, ROOT, Cut, Thing, item_of
from tests.cast.roster import HARVESTERS
from tests.cast.world import World


@pytest.fixture(scope="module", params=[21, 22, 23])
def world(request: pytest.FixtureRequest) -> World:
    return World(request.param, people=600, hours=6, pictures=20_000, harvesters=tuple(HARVESTERS))


def test_img2dataset_asks_for_pictures_alone_and_refers_to_nothing(world: World) -> None:
    mine = world.requests_of("img2dataset")

    assert (set(mine.things), set(mine.referer)) == ({Thing.PICTURE}, {NONE})


def test_scrapy_opens_albums_but_refers_to_none_of_them(world: World) -> None:
    mine = world.requests_of("scrapy")

    assert Thing.ALBUM in set(mine.things)
    assert set(mine.referer[mine.things == Thing.PICTURE]) == {NONE}


def test_gallery_dl_refers_to_the_front_page_whatever_it_asks_for(world: World) -> None:
    assert set(world.requests_of("gallery-dl").referer) == {ROOT}


def test_instaloader_is_two_visitors_on_one_address(world: World) -> None:
    mine = world.requests_of("instaloader")

    assert (len(np.unique(mine.address)), len(np.unique(mine.agent))) == (1, 2)


def test_the_video_harvester_takes_stills_only(world: World) -> None:
    mine = world.requests_of("video thumbnails")

    assert (item_of(mine.link[mine.things == Thing.PICTURE]) % CUTS).min() == Cut.POSTER


def test_the_enumerator_counts_upwards_in_small_steps(world: World) -> None:
    steps = np.abs(np.diff(world.requests_of("enumerator").slot))

    assert np.quantile(steps, 0.99) <= 10


def test_rotation_wears_out_an_address_of_one_network_after_another(world: World) -> None:
    mine = world.requests_of("rotation")
    counts = np.unique(mine.address, return_counts=True)[1]

    assert len(np.unique(mine.address >> 8)) == 1
    assert (np.sort(counts)[1:] >= 20).all()
    assert (counts <= 60).all()


def test_the_forged_gptbot_is_from_nowhere_that_is_published(world: World) -> None:
    assert not codes_inside(world.requests_of("forged gptbot").address, CRAWLER_RANGE).any()


def test_the_genuine_crawler_is_from_where_it_says(world: World) -> None:
    assert codes_inside(world.requests_of("search crawler").address, CRAWLER_RANGE).all()


@pytest.mark.parametrize("name", ["slow fleet", "rotation"])
def test_a_fleet_takes_no_picture_twice(world: World, name: str) -> None:
    slots = world.requests_of(name).slot

    assert len(np.unique(slots)) == len(slots)


def test_nobody_of_the_slow_fleet_takes_more_than_three(world: World) -> None:
    assert np.unique(world.requests_of("slow fleet").address, return_counts=True)[1].max() == 3
