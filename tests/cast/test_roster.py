"""The whole cast on one platform: who is asked for comes, and those who are not change nothing."""

from __future__ import annotations

import numpy as np
import pytest

from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from tests.cast.passersby import PASSERSBY
from tests.cast.roster import EVERYBODY_ELSE as EVERYBODY
from tests.cast.roster import HARVESTERS
from tests.cast.schemes import Scheme
from tests.cast.world import World


def whole(seed: int, scheme: Scheme = Scheme.NUMBERED) -> World:
    names = tuple(HARVESTERS)
    return World(
        seed,
        scheme=scheme,
        people=400,
        hours=2,
        pictures=6_000,
        harvesters=names,
        passersby=EVERYBODY,
    )


@pytest.mark.parametrize("scheme", Scheme)
def test_every_line_of_everybody_can_be_read_with_the_site_s_own_text(scheme: Scheme) -> None:
    world = whole(91, scheme)
    data = np.frombuffer(b"".join(world.lines("json")), np.uint8)

    batch, rejects = Parser(Site.from_toml(world.site_toml())).parse(Chunk(data, 0, 1))

    assert rejects == []
    assert len(batch) == len(world.requests)


def test_everybody_comes_and_only_harvesters_are_guilty() -> None:
    truth = whole(92).truth
    came = {truth.name(v): bool(truth.guilty[v]) for v in np.unique(truth.visitor).tolist()}

    assert set(came) == set(truth.names) > {role.name for role in EVERYBODY}
    assert {name for name, guilty in came.items() if guilty} == set(HARVESTERS)


def test_nobody_who_is_guilty_shares_an_address_account_or_session_with_anybody() -> None:
    world = whole(93)
    requests, guilty = world.requests, world.truth.guilty[world.truth.visitor]

    for column in (requests.address, requests.account, requests.session):
        assert not set(column[guilty & (column != 0)]) & set(column[~guilty & (column != 0)])


def test_the_same_seed_makes_the_same_whole_cast() -> None:
    one, other = (b"".join(whole(94).lines()) for _ in range(2))

    assert one == other


def test_more_passersby_change_nothing_that_anybody_else_asks_for() -> None:
    plain = World(95, people=400, hours=2, pictures=6_000, harvesters=())
    more = World(95, people=400, hours=2, pictures=6_000, harvesters=(), passersby=EVERYBODY)
    new = [more.truth.names.index(role.name) for role in EVERYBODY[len(PASSERSBY) :]]
    old = more.requests.where(~np.isin(more.truth.role[more.requests.visitor], new))

    assert np.array_equal(plain.requests.link, old.link)
    assert np.array_equal(plain.requests.at, old.at)
