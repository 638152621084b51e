"""Mail programs, feed readers and prefetching browsers fetch pictures that nobody asked for yet."""

from __future__ import annotations

import numpy as np
import pytest

from tests.cast.letters import LETTERS
from tests.cast.links import NONE, Cut, Thing, item_of, picture
from tests.cast.world import World


@pytest.fixture(scope="module", params=[71, 72])
def world(request: pytest.FixtureRequest) -> World:
    return World(
        request.param, people=1_500, hours=12, pictures=20_000, harvesters=(), passersby=LETTERS
    )


def test_readers_of_a_letter_all_see_the_same_few_pictures_without_a_page(world: World) -> None:
    mine = world.requests_of("newsletter reader")
    letter = mine.pictures & (mine.referer == NONE)

    readers, pictures = np.unique(mine.visitor[letter]), np.unique(mine.slot[letter])
    assert (len(readers) > 50, 2 <= len(pictures) <= 9) == (True, True)
    assert letter.sum() > 0.9 * len(readers) * len(pictures)  # a world ends while some still read


def test_some_readers_of_a_letter_click_and_come_with_a_browser(world: World) -> None:
    mine = world.requests_of("newsletter reader")
    clicked = np.unique(mine.visitor[mine.things == Thing.PHOTO])

    assert 0.15 < len(clicked) / len(np.unique(mine.visitor)) < 0.5
    mail = mine.pictures & (mine.referer == NONE)
    assert not set(mine.agent[mine.things == Thing.PHOTO]) & set(mine.agent[mail])


def test_a_prefetching_browser_loads_pages_faster_than_anybody_turns_them(world: World) -> None:
    mine = world.requests_of("prefetching browser")
    one = (mine.visitor == mine.visitor[0]) & (mine.things == Thing.PHOTO)

    assert one.sum() >= 2
    assert np.min(np.diff(mine.at[one])) <= 120


def test_what_is_prefetched_stands_in_the_album_that_was_opened(world: World) -> None:
    mine = world.requests_of("prefetching browser")
    ahead = item_of(mine.link) % 16 == Cut.MEDIUM
    thumbs = mine.link[mine.things == Thing.PICTURE]

    assert np.isin(picture(mine.slot[ahead & mine.pictures], Cut.THUMB), thumbs).all()


def test_a_feed_reader_looks_every_half_hour_and_takes_each_new_picture_once(world: World) -> None:
    mine = world.requests_of("feed reader")

    for visitor in np.unique(mine.visitor):
        own = mine.visitor == visitor
        looks = mine.at[own & (mine.things == Thing.FEED)]
        taken = mine.slot[own & mine.pictures]
        assert set(np.diff(looks)) == {1_800_000}
        assert len(np.unique(taken)) == len(taken) > 0
