"""An order about a system carries its networks: joined, without holes, no more than fit."""

from __future__ import annotations

import pytest

from access.addresses import as_network
from access.site.systems import Systems
from streams.expanding import counted, expanded, parts
from streams.wire.sense import NETWORKS
from tests.access.site.mmdb import mmdb

ROOM = 100_000
RECORDS = ["198.51.100.0/24", "198.51.101.0/24", "203.0.113.0/24", "2001:db8::/33"]


def systems(*networks: str) -> Systems:
    return Systems.of(mmdb({each: {"asn": 64500} for each in networks}))


def test_neighbours_are_joined_and_whoever_is_spared_is_cut_out() -> None:
    found = expanded("AS64500", systems(*RECORDS), ["203.0.113.64/26", "2001:db8::/34"], ROOM)

    assert found == (
        "198.51.100.0/23", "203.0.113.0/26", "203.0.113.128/25", "2001:db8:4000::/34",
    )  # fmt: skip
    assert counted(found) == ("704 addresses of IPv4 and 1,073,741,824 of IPv6 (/64) in 4 networks")


def test_private_space_is_no_part_of_anybody_whatever_a_file_says() -> None:
    assert list(parts(["10.0.0.0/8", "172.0.0.0/11", "fc00::/7"], ())) == [
        *(f"172.{n}.0.0/16" for n in range(16)),
    ]


def test_no_part_is_wider_than_an_order_may_be() -> None:
    found = list(parts(["8.0.0.0/14", "2001:db8::/31"], ()))

    assert found == [*(f"8.{n}.0.0/16" for n in range(4)), "2001:db8::/32", "2001:db9::/32"]
    assert all(as_network(each) for each in found)


@pytest.mark.parametrize(
    ("target", "known", "spared", "room", "why"),
    [
        ("AS64500", Systems.nowhere(), (), ROOM, "Name a file with `systems` in"),
        ("AS64501", systems(*RECORDS), (), ROOM, "knows no network of AS64501"),
        ("AS64500", systems(*RECORDS), RECORDS, ROOM, "would be 0 networks"),
        ("AS64500", systems(*RECORDS), (), 2, "would be 3 networks: an order takes 1 to 2"),
        ("AS4294967296", systems(*RECORDS), (), ROOM, "expected an autonomous system"),
        ("as64500", systems(*RECORDS), (), ROOM, "expected an autonomous system as AS64500"),
    ],
)
def test_what_cannot_be_ordered_is_said(
    target: str, known: Systems, spared: tuple[str, ...], room: int, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        expanded(target, known, spared, room)


def test_more_than_an_order_carries_is_refused_with_how_many_it_would_be() -> None:
    wide = [f"{n}.0.0.0/8" for n in range(11, 90)]

    with pytest.raises(ValueError, match=f"would be 20,224 networks: .* {NETWORKS:,}"):
        expanded("AS64500", systems(*wide), (), ROOM)
