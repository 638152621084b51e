"""Machines that the platform knows are named in its site.toml, and only where they come."""

from __future__ import annotations

import numpy as np
import pytest

from access.site import Site
from tests.cast.addresses import ARCHIVE, address_text, codes_inside
from tests.cast.known import KNOWN, QUOTA
from tests.cast.links import Thing
from tests.cast.world import World


@pytest.fixture(scope="module", params=[81, 82])
def world(request: pytest.FixtureRequest) -> World:
    return World(
        request.param, people=100, hours=26, pictures=40_000, harvesters=(), passersby=KNOWN
    )


def test_the_optimiser_takes_tens_of_thousands_from_an_address_of_the_platform_s(
    world: World,
) -> None:
    mine = world.requests_of("image optimiser")
    site = Site.from_toml(world.site_toml())

    assert mine.pictures.sum() > 10_000
    assert len(np.unique(mine.slot)) == len(mine.slot)
    assert {address_text(a) for a in np.unique(mine.address).tolist()} <= set(site.own_machines)


def test_the_archive_reads_robots_first_and_comes_out_of_its_range(world: World) -> None:
    mine = world.requests_of("archive crawler")
    (crawler,) = (c for c in Site.from_toml(world.site_toml()).crawlers if "archive" in c.agent)

    assert mine.things[0] == Thing.ROBOTS
    assert crawler.ranges == (f"{address_text(ARCHIVE)}/27",)
    assert codes_inside(mine.address, crawler.ranges[0]).all()


def test_the_researcher_keeps_to_what_was_agreed_on(world: World) -> None:
    mine = world.requests_of("researcher")
    (agreed,) = Site.from_toml(world.site_toml()).researchers

    assert QUOTA / 4 < mine.pictures.sum() <= agreed.pictures_a_day
    assert {address_text(a) for a in np.unique(mine.address).tolist()} == set(agreed.addresses)


def test_where_none_of_them_comes_the_site_names_none(world: World) -> None:
    alone = World(world.seed, people=50, hours=1, pictures=4_000, harvesters=())
    site = Site.from_toml(alone.site_toml())

    assert len(site.own_machines) == 1
    assert site.researchers == ()
    assert [c.name for c in site.crawlers] == ["Googlebot-Image"]
