"""What else a fleet's pairs show is near what is known of fleets and of people that are made up."""

from __future__ import annotations

import numpy as np
import pytest

from actors.corroboration import Corroboration, pool
from tests.actors.given import BARE, NOON, pairs, people, queue

DAY = 1440


@pytest.mark.parametrize("seed", range(4))
def test_a_pool_is_estimated_by_how_often_its_networks_come_back(seed: int) -> None:
    rng = np.random.default_rng(seed)
    visits, networks = 3000, 2000
    rows = pairs(NOON + rng.integers(0, DAY, visits), rng.integers(1, networks, visits), 1)

    assert pool(rows) == pytest.approx(networks, rel=0.15)


def test_three_pictures_of_one_visit_do_not_make_a_pool_smaller() -> None:
    rng = np.random.default_rng(1)
    network, hour = rng.integers(1, 2000, 3000), 60 * rng.integers(0, 24, 3000)
    once = pairs(NOON // 60 * 60 + hour, network, 1)

    assert pool(np.concatenate([once] * 3)) == pool(once)


def test_where_no_network_comes_back_no_pool_is_named() -> None:
    assert pool(queue(np.random.default_rng(1), 200, 60, each=1)) == 0


def test_a_rotation_is_even_and_people_have_favourites() -> None:
    rng = np.random.default_rng(2)
    rotating, liked = rng.integers(1, 9, 4000), np.minimum(rng.geometric(0.5, 4000), 8)
    even, uneven = (
        Corroboration.of(pairs(NOON, 1, 1, agent=agent), people(rng, 10, DAY))
        for agent in (rotating, liked)
    )

    assert even.agents == uneven.agents == 8
    assert even.unevenness < 4
    assert uneven.unevenness > 100


def test_user_agents_of_one_queue_rise_together_and_those_of_people_do_not() -> None:
    rng = np.random.default_rng(3)
    busy = rng.choice(DAY // 10, 20, replace=False) * 10  # the queue runs now and then
    minute = NOON + rng.choice(busy, 4000) + rng.integers(0, 10, 4000)
    fleet = pairs(np.sort(minute), 1, 1, agent=rng.integers(1, 9, 4000))
    apart = pairs(NOON + np.sort(rng.integers(0, DAY, 4000)), 1, 1, agent=rng.integers(1, 9, 4000))
    readers = people(rng, 10, DAY)

    assert Corroboration.of(fleet, readers).synchrony > 0.8
    assert abs(Corroboration.of(apart, readers).synchrony) < 0.2


@pytest.mark.parametrize("seed", range(4))
def test_a_queue_repeats_less_than_readers_and_takes_what_none_was_given(seed: int) -> None:
    rng = np.random.default_rng(seed)
    readers = people(rng, 300, DAY)
    fleet = Corroboration.of(queue(rng, 200, DAY), readers)
    alike = Corroboration.of(people(rng, 200, DAY, BARE, first=300), readers)

    assert fleet.rarefaction > 1.19  # the least of a harvest's in the literature
    assert fleet.untouched == 1
    assert alike.rarefaction < 1.19
    assert alike.untouched < 0.3


def test_without_readers_nothing_is_compared_with_them() -> None:
    rows = queue(np.random.default_rng(1), 200, 60)
    told = Corroboration.of(rows, rows[:0])

    assert (told.rarefaction, told.untouched, told.synchrony) == (0, 0, 0)
