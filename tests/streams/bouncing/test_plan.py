"""A plan holds whom the block list names, but never what would shut the wrong door."""

from __future__ import annotations

import math

import pytest

from enforcement.cover import name_of
from enforcement.standing import Standing
from streams.bouncing.own import addresses_of, never_refused, own_addresses
from streams.bouncing.plan import Plan, plan
from tests.streams.bouncing.origin import clock, ending

HERE = "192.0.2.1"
NOW = clock()


def refused(*targets: str, own: str = HERE) -> list[str]:
    return [cidr for cidr, _ in plan(map(ending, targets), [own], NOW).lists["block"]]


def test_its_set_is_the_one_that_is_published_however_the_ends_cut_it() -> None:
    endings = [
        ending("203.0.113.0/24", lasts=60),
        ending("203.0.113.7", lasts=600),
        ending("198.51.100.0/25", lasts=60),
        ending("198.51.100.128/25", lasts=math.inf),
        ending("203.0.113.9", "pardon", math.inf),
        ending("2001:db8:1:2::"),
    ]
    made = plan(endings, [HERE], NOW)

    assert made.set == Standing.of(entry for entry, _ in endings).name
    assert len({end for _, end in made.lists["block"]}) == 3


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("10.1.2.3", "private, or this host's own"),
        ("192.168.0.0/16", "private, or this host's own"),
        ("127.0.0.1", "private, or this host's own"),
        ("fd00:1::/64", "private, or this host's own"),
        (HERE, "private, or this host's own"),
        ("8.0.0.0/15", "wider than a /16, or of IPv6 a /32"),
        ("0.0.0.0/0", "wider than a /16, or of IPv6 a /32"),
        ("2000::/31", "wider than a /16, or of IPv6 a /32"),
        ("::/0", "wider than a /16, or of IPv6 a /32"),
    ],
)
def test_the_rail_keeps_out_what_no_firewall_may_refuse(target: str, why: str) -> None:
    made = plan([ending(target), ending("203.0.113.7")], [HERE], NOW)

    assert made.left_out == {target: why}
    assert [cidr for cidr, _ in made.lists["block"]] == ["203.0.113.7/32"]


def test_the_widest_that_is_allowed_is_held() -> None:
    assert refused("203.1.0.0/16", "2001:db8::/32") == ["203.1.0.0/16", "2001:db8::/32"]


def test_this_host_is_a_hole_in_a_network_that_is_refused() -> None:
    held = plan([ending("192.0.2.0/30")], [HERE], NOW).lists["block"]

    assert [cidr for cidr, _ in held] == ["192.0.2.0/32", "192.0.2.2/31"]


def test_nobody_stands_in_two_lists_and_the_hardest_counts() -> None:
    endings = [
        ending("203.0.113.0/31", "throttle"),
        ending("203.0.113.1"),
        ending("203.0.113.2", "degrade"),
    ]
    made = plan(endings, [HERE], NOW)

    assert {word: [cidr for cidr, _ in held] for word, held in made.lists.items()} == {
        "block": ["203.0.113.1/32"],
        "challenge": [],
        "throttle": ["203.0.113.0/32"],
        "degrade": ["203.0.113.2/32"],
    }


def test_what_has_ended_is_not_held() -> None:
    now = clock()
    made = plan([ending("203.0.113.7", lasts=10), ending("203.0.113.8", lasts=60)], [], now)

    assert [cidr for cidr, _ in made.at(now + 30).lists["block"]] == ["203.0.113.8/32"]
    assert plan([ending("203.0.113.7", lasts=10)], [], now + 30).set == Plan().set == name_of(())


def test_sessions_and_accounts_are_not_for_firewalls() -> None:
    assert refused("session:abc", "account:def", "203.0.113.7") == ["203.0.113.7/32"]


def test_a_host_knows_its_own_addresses() -> None:
    assert "127.0.0.1" in own_addresses()


def test_where_one_hears_from_is_never_refused() -> None:
    places = ("http://198.51.100.7:8087", "198.51.100.8:9092", "https://[2001:db8::1]", "")

    assert addresses_of("http://no.such.host.invalid") == []
    assert {"198.51.100.7", "198.51.100.8", "2001:db8::1"} <= set(never_refused(*places)())
