"""Decisions are held against the truth."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.cast.score import Standing, score
from tests.cast.world import World

LATER = "2030-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def world() -> World:
    return World(7, people=400, hours=1, pictures=6_000)


def iso(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()


def decision(at: str, target: str, scope: str = "address", **others: object) -> dict[str, object]:
    return {"at": at, "action": "block", "scope": scope, "target": target, "until": LATER} | others


def visitor(world: World, name: str) -> int:
    return int(np.argmax(world.truth.role == world.truth.names.index(name)))


def address(world: World, name: str) -> list[str]:
    (only,) = world.truth.addresses(visitor(world, name))
    return [only]


def of(standings: list[Standing], name: str) -> Standing:
    return next(s for s in standings if s.name == name)


def opening(world: World, name: str) -> int:
    requests = world.columns()
    mine = requests.pictures & (requests.visitor == visitor(world, name))
    return int(requests.at[mine].min())


def test_without_decisions_everything_is_lost(world: World) -> None:
    standings = score([], world)

    assert sum(s.lost for s in standings) == world.columns().pictures.sum()
    assert sum(s.blocked + s.challenged + s.saved for s in standings) == 0


def test_the_guilty_come_first(world: World) -> None:
    guilty = [s.guilty for s in score([], world)]

    assert guilty == sorted(guilty, reverse=True)


def test_a_block_at_the_first_picture_saves_the_whole_harvest(world: World) -> None:
    (address,) = world.truth.addresses(visitor(world, "img2dataset"))
    first = opening(world, "img2dataset")

    standing = of(score([decision(iso(first), address)], world), "img2dataset")

    assert (standing.blocked, standing.seconds, standing.lost) == (1, 0.0, 0)


def test_a_block_that_ended_saves_nothing_after_it(world: World) -> None:
    (address,) = world.truth.addresses(visitor(world, "img2dataset"))
    first = opening(world, "img2dataset")
    brief = decision(iso(first), address, until=iso(first + 10_000))

    standing = of(score([brief], world), "img2dataset")

    assert standing.saved > 0
    assert standing.lost > 0


def test_a_challenge_blocks_nobody(world: World) -> None:
    (address,) = world.truth.addresses(visitor(world, "scrapy"))
    told = decision(iso(opening(world, "scrapy")), address, action="challenge")

    standing = of(score([told], world), "scrapy")

    assert (standing.blocked, standing.challenged, standing.saved) == (0, 1, 0)


def test_a_network_counts_against_everybody_inside(world: World) -> None:
    office = world.truth.addresses(visitor(world, "office"))[0]
    wide = "2001:db8::/32" if ":" in office else office.rsplit(".", 1)[0] + ".0/24"

    standing = of(score([decision(LATER, wide, "network")], world), "office")

    assert standing.blocked == standing.visitors


def test_each_member_of_a_campaign_is_blocked(world: World) -> None:
    members = world.truth.addresses(visitor(world, "rotation"))
    told = decision(iso(opening(world, "rotation")), members[0], members=members)

    assert of(score([told], world), "rotation").lost == 0


def test_an_account_is_found_by_its_name(world: World) -> None:
    (account,) = world.truth.accounts(visitor(world, "owner exporting"))
    told = decision(iso(opening(world, "owner exporting")), account, "account")

    assert of(score([told], world), "owner exporting").blocked == 1


def test_a_throttle_finds_and_neither_challenges_nor_saves(world: World) -> None:
    told = decision(iso(opening(world, "scrapy") + 5_000), *address(world, "scrapy"))

    standing = of(score([told | {"action": "throttle"}], world), "scrapy")

    assert (standing.found, standing.throttled, standing.challenged) == (1, 1, 0)
    assert standing.waited == 5.0
    assert (standing.saved, standing.unchallenged) == (0, standing.lost)
    assert 0 < standing.unseen < standing.lost


def test_whoever_a_campaign_names_is_found_though_nothing_is_done(world: World) -> None:
    members = world.truth.addresses(visitor(world, "rotation"))
    told = decision(iso(opening(world, "rotation")), members[0], members=members)
    told |= {"campaign": "c1", "action": "observe"}

    standing = of(score([told], world), "rotation")

    assert (standing.found, standing.throttled, standing.unseen) == (1, 0, 0)


def test_what_a_challenge_stands_before_is_lost_but_did_not_slip_through(world: World) -> None:
    told = decision(iso(opening(world, "scrapy")), *address(world, "scrapy"))

    standing = of(score([told | {"action": "challenge"}], world), "scrapy")

    assert standing.lost > standing.slipped == 0


def test_pictures_after_a_first_block_count_as_lost_but_not_as_before_it(world: World) -> None:
    first = opening(world, "img2dataset")
    brief = decision(iso(first), *address(world, "img2dataset"), until=iso(first + 10_000))

    standing = of(score([brief], world), "img2dataset")

    assert standing.unblocked == 0 < standing.lost


def test_a_fleet_of_which_one_address_is_hit_is_found_but_hardly_reached(world: World) -> None:
    one, *others = world.truth.addresses(visitor(world, "rotation"))

    standing = of(score([decision(LATER, one)], world), "rotation")

    assert (standing.found, standing.reached) == (1, 1)
    assert standing.addresses == 1 + len(others) > 100
