"""Who follows every link, and who makes addresses up."""

from __future__ import annotations

import numpy as np
import pytest

from tests.cast.letters import LETTERS
from tests.cast.links import Thing
from tests.cast.world import World


@pytest.fixture(scope="module", params=[71, 72])
def world(request: pytest.FixtureRequest) -> World:
    return World(
        request.param,
        people=600,
        hours=6,
        pictures=20_000,
        harvesters=("site mirror", "guesser"),
        passersby=LETTERS,
    )


def test_the_site_mirror_falls_into_several_traps(world: World) -> None:
    mine = world.requests_of("site mirror")

    assert len(np.unique(mine.link[mine.things == Thing.TRAP])) >= 3


def test_the_guesser_finds_less_than_half_of_what_it_asks_for(world: World) -> None:
    mine = world.requests_of("guesser")

    assert 0.05 < mine.pictures.mean() < 0.5


def test_a_mail_filter_opens_one_hidden_link_once(world: World) -> None:
    mine = world.requests_of("mail filter")
    times = np.unique(mine.visitor[mine.things == Thing.TRAP], return_counts=True)[1]

    assert set(times.tolist()) == {1}
    assert len(times) == len(np.unique(mine.visitor))


def test_nobody_else_finds_a_hidden_link(world: World) -> None:
    whose = world.truth.role[world.requests.visitor[world.requests.things == Thing.TRAP]]

    assert {world.truth.names[role] for role in np.unique(whose)} == {
        "site mirror",
        "mail filter",
    }
