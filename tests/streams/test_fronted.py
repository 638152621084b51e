"""Where a log holds only a CDN's edges, harvests are named, and no edge is acted upon."""

from __future__ import annotations

from functools import cache
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.site import Site
from actors.frame import Scope
from enforcement.decision import Action
from evidence.edged import is_edged
from tests.cast.fronted import EDGES, fronted, fronted_site
from tests.cast.passersby import PASSERSBY
from tests.cast.roster import MORE_PASSERSBY
from tests.cast.schemes import Scheme
from tests.cast.world import World
from tests.streams.pieces import judged, sharded, told

if TYPE_CHECKING:
    from enforcement.decision import Decision
    from tests.streams.pieces import Words

FLEETS = "pageless fleet", "slow fleet"


@cache
def log(harvesters: tuple[str, ...], seed: int, scheme: Scheme) -> tuple[list[bytes], Site]:
    others = (*PASSERSBY, *MORE_PASSERSBY)
    made = World(seed, scheme=scheme, people=600, hours=10, harvesters=harvesters, passersby=others)
    return fronted(made), Site.from_toml(fronted_site(made))


def harvested() -> tuple[list[bytes], Site]:
    return log(FLEETS, 20_263, Scheme.NUMBERED)


@cache
def whole() -> Words:
    return judged(*harvested())


def is_edge(decision: Decision) -> bool:
    """Tell whether a decision is about an edge, or about a network that holds some."""
    if decision.scope not in {Scope.ADDRESS, Scope.NETWORK}:
        return False
    return ip_address(decision.target.split("/")[0]) in ip_network(EDGES)


def test_a_harvest_through_edges_is_found_named_and_only_reported() -> None:
    found = [d for d in whole()[1] if d.campaign]

    assert {(d.scope, d.action, d.agent) for d in found} == {
        (Scope.COHORT, Action.OBSERVE, "chrome/109")
    }
    assert all(is_edged(d) and d.target == d.campaign for d in found)


@pytest.mark.parametrize("harvester", ["paging fleet", "pageless fleet"])
def test_each_kind_of_fleet_is_found(harvester: str) -> None:
    found = judged(*log((harvester,), 20_264, Scheme.OWNED))[1]

    assert {d.agent for d in found if d.campaign} == {"chrome/109"}


def test_no_edge_is_ever_acted_upon() -> None:
    assert [d for d in whole()[1] if is_edge(d)] == []


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("seed", [20_264, 20_265, 20_266])
def test_people_alone_through_the_same_edges_are_no_campaign(seed: int, scheme: Scheme) -> None:
    decisions = judged(*log((), seed, scheme))[1]

    assert [d for d in decisions if d.campaign or is_edge(d)] == []


@pytest.mark.parametrize("restart", [0, 10])
def test_how_the_log_is_cut_or_interrupted_changes_nothing(restart: int) -> None:
    lines, site = harvested()
    cuts = np.random.default_rng(restart).integers(1, len(lines), 30).tolist()

    assert judged(lines, site, cuts, restart) == whole()


@pytest.mark.parametrize("inputs", [1, 3])
def test_shards_find_what_one_program_finds(inputs: int) -> None:
    assert told(sharded(*harvested(), inputs, inputs)) == told(whole())
