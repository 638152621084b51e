"""The platform's CDN and a published AI crawler are who site.toml says; a storm is brief."""

from __future__ import annotations

import numpy as np
import pytest

from access.site import Site
from tests.cast.addresses import AI_CRAWLER, EDGES, address_text, codes_inside
from tests.cast.links import Thing
from tests.cast.machines import MACHINES
from tests.cast.world import World

MINUTE = 60_000  # milliseconds


@pytest.fixture(scope="module", params=[101, 102])
def world(request: pytest.FixtureRequest) -> World:
    few = {"people": 600, "hours": 12, "pictures": 20_000}
    return World(request.param, **few, harvesters=(), passersby=MACHINES)  # type: ignore[arg-type]  # plain numbers


def test_the_edges_of_the_cdn_are_the_platform_s_own_and_mostly_ask_for_nothing_new(
    world: World,
) -> None:
    mine = world.requests_of("cdn edge")
    own = f"{address_text(EDGES)}/27"

    assert own in Site.from_toml(world.site_toml()).own_machines
    assert codes_inside(mine.address, own).all()
    assert np.mean(mine.status == 304) > 0.5


def test_the_ai_crawler_says_its_name_and_keeps_to_its_published_range(world: World) -> None:
    mine = world.requests_of("ai crawler")
    (known,) = (c for c in Site.from_toml(world.site_toml()).crawlers if c.agent == "GPTBot")

    assert known.ranges == (f"{address_text(AI_CRAWLER)}/27",)
    assert codes_inside(mine.address, known.ranges[0]).all()
    assert mine.things[0] == Thing.ROBOTS
    assert all("GPTBot" in world.agents[code] for code in np.unique(mine.agent).tolist())


def test_a_storm_of_previews_is_one_picture_for_everybody_within_minutes(world: World) -> None:
    mine = world.requests_of("preview storm")

    assert len(np.unique(mine.slot[mine.pictures])) <= 1
    assert len(np.unique(mine.address)) >= 40
    assert np.median(mine.at) - mine.at.min() < 15 * MINUTE


def test_where_no_crawler_of_the_name_comes_the_site_publishes_no_range() -> None:
    alone = World(101, people=50, hours=1, pictures=4_000, harvesters=())

    assert "GPTBot" not in alone.site_toml()
    assert address_text(EDGES) not in alone.site_toml()
