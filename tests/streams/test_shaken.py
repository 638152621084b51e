"""A fleet that changes its name is found by how it begins TLS, and nobody else is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.site import Site
from actors.frame import Scope
from actors.meetings import Trait
from enforcement.decision import Action
from tests.cast.addresses import address_text
from tests.cast.passersby import PASSERSBY
from tests.cast.roster import EVERYBODY_ELSE
from tests.cast.shaken import IMPERSONATING, LINKED, ROTATING
from tests.cast.world import World
from tests.streams.pieces import judged, sharded, told

if TYPE_CHECKING:
    from enforcement.decision import Decision
    from tests.cast.stage import Role
    from tests.streams.pieces import Words

SEED = 20_281


@cache
def world(seed: int, *roles: Role) -> World:
    return World(
        seed, people=600, hours=10, pictures=20_000, harvesters=(), passersby=(*roles, LINKED)
    )


def log(made: World, layout: str) -> tuple[list[bytes], Site]:
    lines = b"".join(made.lines(layout)).splitlines(keepends=True)
    return lines, Site.from_toml(made.site_toml())


@cache
def heard(seed: int, layout: str, *roles: Role) -> Words:
    return judged(*log(world(seed, *roles), layout))


def fleets(words: Words) -> list[Decision]:
    return [d for d in words[1] if d.campaign]


def caught(seed: int, layout: str = "json_headers") -> Words:
    return heard(seed, layout, *PASSERSBY, ROTATING)


def homes(made: World, role: Role) -> set[str]:
    return {address_text(code) for code in np.unique(made.requests_of(role.name).address).tolist()}


@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_a_fleet_with_another_name_for_every_picture_is_caught_by_its_handshake(seed: int) -> None:
    named = fleets(caught(seed))
    members = {d.target for d in named if d.scope is Scope.ADDRESS}
    seen = [d.signals[0].evidence for d in named if d.scope is Scope.COHORT]

    assert {each["cohort_trait"] for each in seen} == {Trait.HANDSHAKE}
    assert members <= homes(world(seed, *PASSERSBY, ROTATING), ROTATING)
    assert len(members) > 45
    assert len({d.campaign for d in named}) == 1
    assert max(d.action for d in named) == Action.CHALLENGE


@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_the_cohort_is_named_by_the_end_of_what_its_members_decisions_carry(seed: int) -> None:
    named = fleets(caught(seed))
    value = {d.signals[0].evidence["cohort_value"] for d in named if d.scope is Scope.COHORT}
    carried = {d.ja4 for d in named if d.scope is Scope.ADDRESS}

    assert {float(int(ja4[-8:], 16)) for ja4 in carried} == value


@pytest.mark.parametrize("seed", [SEED, SEED + 1])
@pytest.mark.parametrize("layout", ["combined", "json"])
def test_it_is_missed_where_no_log_tells_a_handshake(seed: int, layout: str) -> None:
    """Three hundred people come by pictures as it does, under the same names."""
    assert fleets(caught(seed, layout)) == []


@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_it_is_missed_where_it_begins_tls_as_the_commonest_browser(seed: int) -> None:
    assert fleets(heard(seed, "json_headers", *PASSERSBY, IMPERSONATING)) == []


@pytest.mark.parametrize("seed", [SEED + 2, SEED + 3, SEED + 4])
def test_of_people_who_begin_tls_as_their_browsers_do_nobody_is_a_fleet(seed: int) -> None:
    signals, decisions = heard(seed, "json_headers", *EVERYBODY_ELSE)

    assert [s for s in signals if s.detector in {"fleet", "stray"}] == []
    assert [d for d in decisions if d.campaign] == []


@pytest.mark.parametrize("restart", [0, 10, 30])
def test_however_a_log_is_cut_and_taken_up_again_it_is_the_same_fleet(restart: int) -> None:
    lines, site = log(world(SEED, *PASSERSBY, ROTATING), "json_headers")
    edges = np.random.default_rng(restart).integers(1, len(lines), 40).tolist()

    assert judged(lines, site, edges, restart) == caught(SEED)


def test_shards_find_the_fleet_that_one_program_finds() -> None:
    lines, site = log(world(SEED, *PASSERSBY, ROTATING), "json_headers")

    assert told(sharded(lines, site, 3, 3)) == told(caught(SEED))
