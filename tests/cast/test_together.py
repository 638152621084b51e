"""People behind shared addresses look like one who takes much, or like many who take little."""

from __future__ import annotations

import numpy as np
import pytest

from tests.cast.links import NONE, Thing, thing_of
from tests.cast.together import TOGETHER
from tests.cast.world import World


@pytest.fixture(scope="module", params=[61, 62])
def world(request: pytest.FixtureRequest) -> World:
    return World(
        request.param, people=1_600, hours=6, pictures=20_000, harvesters=(), passersby=TOGETHER
    )


def test_thirty_pupils_sit_behind_each_address(world: World) -> None:
    mine = world.requests_of("school class")
    pupils = np.unique(np.stack([mine.address, mine.visitor]), axis=1)[0]

    assert (np.unique(pupils, return_counts=True)[1] == 30).all()


def test_a_class_opens_one_album_together_and_then_very_many(world: World) -> None:
    mine = world.requests_of("school class")
    mine = mine.where(mine.things == Thing.ALBUM)
    first = np.unique(mine.visitor, return_index=True)[1]

    for address in np.unique(mine.address):
        together = first[mine.address[first] == address]
        assert len(np.unique(mine.link[together])) == 1
        assert np.ptp(mine.at[together]) < 180_000
        assert len(np.unique(mine.link[mine.address == address])) > 30


def test_the_browsers_of_a_class_are_all_alike(world: World) -> None:
    mine = world.requests_of("school class")
    agents = np.unique(np.stack([mine.address, mine.agent]), axis=1)[0]

    assert len(np.unique(agents)) == len(agents)


def test_a_proxy_pool_spreads_a_page_over_twenty_addresses_and_more(world: World) -> None:
    mine = world.requests_of("proxy pool")
    first = np.sort(mine.at[(mine.things == Thing.FEED) & (mine.visitor == mine.visitor[0])])[0]
    page = (mine.visitor == mine.visitor[0]) & (mine.at >= first) & (mine.at < first + 1_000)

    assert len(np.unique(mine.address[page])) > 20
    assert len(np.unique(mine.address[page])) == page.sum()
    assert len(np.unique(mine.address >> 8)) == 1


def test_pictures_of_a_proxy_pool_say_which_page_they_are_on(world: World) -> None:
    mine = world.requests_of("proxy pool")

    assert set(thing_of(mine.referer[mine.pictures])) == {Thing.FEED}
    assert set(mine.referer[mine.things == Thing.FEED]) == {NONE}
