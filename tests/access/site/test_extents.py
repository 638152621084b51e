"""The networks of a system are those, and no others, whose addresses are told to be its."""

from __future__ import annotations

from ipaddress import IPv4Network, ip_network

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.addresses import key_of
from access.site.systems import Systems
from tests.access.site.mmdb import mmdb

SIX_TO_FOUR = "2002::/16"
MINE = ["192.0.2.0/24", "192.0.3.0/24", "198.51.100.128/25", "203.0.113.7/32"]
MINE += ["2001:db8::/32", "2001:db9:1:2::/64"]
OTHERS = ["192.0.4.0/24", "198.51.100.0/25", "2001:dba::/32"]


def told(mine: list[str], others: list[str], **more: int) -> Systems:
    records = {each: {"asn": 64500} for each in mine} | {each: {"asn": 64501} for each in others}
    return Systems.of(mmdb(records, **more))


@pytest.mark.parametrize("bits", [24, 28, 32])
def test_a_system_has_the_networks_that_the_file_gives_it(bits: int) -> None:
    systems = told(MINE, OTHERS, bits=bits)

    assert systems.networks(64500) == sorted(MINE, key=key)
    assert systems.networks(64501) == sorted(OTHERS, key=key)
    assert systems.networks(64502) == []


def key(network: str) -> tuple[int, int, int]:
    read = ip_network(network)
    return read.version, read.prefixlen, int(read.network_address)


def test_a_file_of_ipv4_addresses_is_walked_as_well() -> None:
    assert told(["192.0.2.0/24"], [], version=4).networks(64500) == ["192.0.2.0/24"]


def test_no_file_knows_no_networks() -> None:
    assert Systems.nowhere().networks(64500) == []


def test_what_ipv6_says_of_ipv4_a_second_time_is_left_out() -> None:
    systems = told(["192.0.2.0/24"], [SIX_TO_FOUR])
    place = np.argwhere(systems.tree > len(systems.tree))
    leaf = next(tuple(at) for at in place if told_of(systems, at) == 64501)
    systems.tree[leaf] = systems.roots[0]

    assert systems.networks(64500) == ["192.0.2.0/24"]


def told_of(systems: Systems, place: np.ndarray) -> int:
    leaf = int(systems.tree[tuple(place)]) - len(systems.tree)
    return int(systems._read(leaf)["asn"])  # noqa: SLF001 - the test changes the tree there


def test_what_divides_a_64_has_no_visitors_of_its_own() -> None:
    assert told(["2001:db9:1:2:8000::/65"], []).networks(64500) == []


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 15), st.integers(5, 32)).map(
            lambda pair: str(ip_network((pair[0] << 28 | 1 << 27, pair[1]), strict=False))
        ),
        st.integers(64500, 64502),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.integers(1 << 24, (1 << 32) - 1), min_size=1, max_size=20),
)
def test_whoever_is_told_to_be_of_a_system_is_in_its_networks(
    records: dict[str, int], asked: list[int]
) -> None:
    apart = {n: a for n, a in records.items() if not nested(n, records)}
    systems = Systems.of(mmdb({n: {"asn": a} for n, a in apart.items()}, version=4))
    its = {a: [*map(IPv4Network, systems.networks(a))] for a in (64500, 64501, 64502)}
    firsts = [int(ip_network(n).network_address) for n in apart]
    for number in (*asked, *firsts):
        address = IPv4Network(number)
        key_ = key_of(str(address.network_address))
        asn = int(systems.asn_of(np.array([key_], np.uint64))[0])
        inside = [a for a, nets in its.items() if any(address.subnet_of(n) for n in nets)]

        assert inside == ([asn] if asn else [])


def nested(network: str, records: dict[str, int]) -> bool:
    read = ip_network(network)
    return any(n != network and read.overlaps(ip_network(n)) for n in records)
