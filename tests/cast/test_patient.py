"""Patient harvesters look like people, but for the night."""

from __future__ import annotations

import numpy as np
import pytest

from tests.cast.links import Thing, thing_of
from tests.cast.patient import PATIENT
from tests.cast.world import World

HOUR = 3_600_000  # milliseconds
NAMES = [role.name for role in PATIENT]


@pytest.fixture(scope="module")
def world() -> World:
    return World(20_261_128, people=40, hours=30, harvesters=NAMES, pictures=30_000)


@pytest.mark.parametrize("name", NAMES)
def test_each_comes_from_one_address_and_rests_in_no_hour(world: World, name: str) -> None:
    harvest = world.requests_of(name)
    hours = np.unique(harvest.at // HOUR)

    assert len(np.unique(harvest.address)) == 1
    assert len(hours) == hours[-1] - hours[0] + 1 >= 16


@pytest.mark.parametrize("name", NAMES)
def test_each_original_was_led_to_by_a_page_opened_before(world: World, name: str) -> None:
    harvest = world.requests_of(name)
    opened = harvest.link[np.isin(harvest.things, (Thing.PHOTO, Thing.ALBUM))]
    led = harvest.referer[harvest.pictures]

    assert np.isin(thing_of(led), (Thing.PHOTO, Thing.ALBUM)).all()
    assert np.isin(led, opened).all()
    assert (harvest.things == Thing.ASSET).any()


def test_the_sleepless_takes_a_picture_every_twenty_seconds_or_so(world: World) -> None:
    gaps = np.diff(world.requests_of("sleepless").at[world.requests_of("sleepless").pictures])

    assert 14_000 < gaps.mean() < 26_000


def test_the_browser_engine_loads_the_thumbnails_of_each_album(world: World) -> None:
    harvest = world.requests_of("browser engine")

    assert harvest.pictures.sum() > 2 * 0.9 * len(np.unique(harvest.slot[harvest.pictures]))
