"""Peers do what their rules say, to whom they say it, and spare whom the site names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.quality.peers.crowdsec import BAN, CRAWL, Hub
from benchmarks.quality.peers.fail2ban import BANTIME, LimitJail, MissingJail
from benchmarks.quality.peers.nginx import LimitReq
from benchmarks.quality.peers.roster import PEERS
from benchmarks.quality.peers.traffic import Traffic
from tests.cast.effects import NEVER
from tests.cast.roster import EVERYBODY_ELSE
from tests.cast.score import Standing, standings
from tests.cast.world import World

if TYPE_CHECKING:
    from benchmarks.quality.peers.roster import Peer

NAMES = ("img2dataset", "scrapy", "enumerator", "pageless fleet")


@pytest.fixture(scope="module", params=["numbered", "opaque"])
def world(request: pytest.FixtureRequest) -> World:
    few = {"people": 500, "hours": 8, "pictures": 20_000, "scheme": request.param}
    return World(131, **few, harvesters=NAMES, passersby=EVERYBODY_ELSE)


def fared(world: World, peer: Peer) -> dict[str, Standing]:
    return {s.name: s for s in standings(peer.outcome(Traffic.of(world)), world)}


def test_no_rule_is_shown_whom_the_site_names(world: World) -> None:
    shown = world.columns().visitor[Traffic.of(world).rows]
    names = {world.truth.name(visitor) for visitor in np.unique(shown).tolist()}

    assert set(world.truth.names) - names == {
        "search crawler",
        "monitor",
        "image optimiser",
        "archive crawler",
        "researcher",
        "cdn edge",
        "ai crawler",
    }


@pytest.mark.parametrize("peer", PEERS)
def test_none_of_them_finds_a_fleet_of_homes(world: World, peer: Peer) -> None:
    assert fared(world, peer)["pageless fleet"].found == 0


def test_limit_req_slows_people_with_grids_and_blocks_nobody(world: World) -> None:
    told = fared(world, LimitReq())

    assert told["scroller"].throttled > 0
    assert sum(standing.blocked for standing in told.values()) == 0


def test_half_the_rate_refuses_more(world: World) -> None:
    usual, strict = fared(world, LimitReq()), fared(world, LimitReq(rate=5, burst=10))

    assert strict["img2dataset"].lost < usual["img2dataset"].lost


def test_a_jail_bans_for_ten_minutes_at_a_time(world: World) -> None:
    outcome = MissingJail().outcome(Traffic.of(world))
    mine = np.flatnonzero(world.columns().visitor == visitor(world, "enumerator"))
    at = world.columns().at[mine]
    ban = at >= outcome.blocks.first[visitor(world, "enumerator")]
    early = at < outcome.blocks.first[visitor(world, "enumerator")] + BANTIME

    assert outcome.blocks.covered[mine][ban & early][8:].all()
    assert not outcome.blocks.covered[mine][~ban].any()


def test_the_jail_behind_limit_req_refuses_all_that_limit_req_alone_refuses_of_a_burst(
    world: World,
) -> None:
    alone, jail = fared(world, LimitReq()), fared(world, LimitJail())

    assert jail["img2dataset"].blocked == alone["img2dataset"].throttled == 1
    assert jail["img2dataset"].saved > alone["img2dataset"].saved


def test_scrapy_is_banned_by_its_name_at_its_second_request_for_four_hours(world: World) -> None:
    outcome = Hub().outcome(Traffic.of(world))
    mine = world.columns().visitor == visitor(world, "scrapy")
    at, covered = world.columns().at[mine], outcome.blocks.covered[mine]

    assert outcome.blocks.first[visitor(world, "scrapy")] == at[1] < NEVER
    assert covered[2:][at[2:] < at[1] + BAN].all()


def test_a_crawl_of_pictures_is_seen_only_where_their_addresses_have_no_extension(
    world: World,
) -> None:
    found = fared(world, Hub())["img2dataset"].found

    assert found == (world.scheme.value == "opaque")


def test_a_file_name_counts_once_while_its_bucket_lives() -> None:
    key, name = np.zeros(4, np.int64), np.array([7, 8, 7, 7])
    at = np.array([0, 10, 20, 21_000])

    assert CRAWL.different(key, at, name).tolist() == [True, True, False, True]


def visitor(world: World, name: str) -> int:
    return int(np.argmax(world.truth.role == world.truth.names.index(name)))
