"""Keys turn into text, networks and named ranges, and back."""

from __future__ import annotations

from ipaddress import ip_network

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.addresses import (
    NEVER_ACTORS,
    Ranges,
    address_text,
    as_network,
    key_of,
    network_of,
    network_text,
)


def keys(*texts: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array([key_of(text) for text in texts], np.uint64)


@pytest.mark.parametrize("text", ["203.0.113.7", "0.0.0.1", "255.255.255.255"])
def test_an_ipv4_address_is_written_as_it_was_read(text: str) -> None:
    assert text == address_text(key_of(text))


def test_an_ipv6_address_is_written_as_its_64() -> None:
    assert address_text(key_of("2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::/64"


def test_nobody_is_written_as_a_dash() -> None:
    assert (address_text(0), network_text(0)) == ("-", "-")


def test_an_address_lies_in_the_network_of_its_neighbours() -> None:
    networks = network_of(keys("203.0.113.7", "2001:db8:1:2::3", "::1"))

    assert [network_text(int(n)) for n in networks] == ["203.0.113.0/24", "2001:db8:1::/48", "-"]


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        ("203.0.113.0/24", "203.0.113.0/24"),
        ("2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.0/120", "203.0.113.0/24"),
    ],
)
def test_the_target_of_a_decision_is_a_network(text: str, network: str) -> None:
    assert ip_network(network) == as_network(text)


@pytest.mark.parametrize("text", ["", "example.org", "203.0.113.7/24", "203.0.113.0/33", "1.2.3"])
def test_a_text_that_is_no_network_is_shown(text: str) -> None:
    with pytest.raises(ValueError, match=repr(text)):
        Ranges.of([(text, 1)])


def test_without_ranges_nothing_has_a_label() -> None:
    assert Ranges.of([]).label(keys("203.0.113.7", "::1")).tolist() == [0, 0]


def test_the_narrower_range_wins_and_of_two_equals_the_later() -> None:
    ranges = Ranges.of(
        [
            ("203.0.113.128/25", 2),
            ("203.0.113.0/24", 1),
            ("203.0.113.200", 3),
            ("198.51.100.0/24", 4),
            ("198.51.100.0/24", 5),
        ]
    )
    asked = keys("203.0.113.1", "203.0.113.199", "203.0.113.200", "203.0.113.201", "198.51.100.9")

    assert ranges.label(asked).tolist() == [1, 2, 3, 2, 5]


def test_all_of_ipv6_holds_no_ipv4() -> None:
    ranges = Ranges.of([("::/0", 6)])

    assert ranges.label(keys("1::", "203.0.113.7", "ffff::1", "::1")).tolist() == [6, 0, 6, 0]


blocks = st.sampled_from(["203.0.113.0", "203.0.113.64", "203.0.113.128", "203.0.113.192"])
nested = st.lists(st.tuples(blocks, st.integers(24, 32), st.integers(1, 9)), max_size=12)


@given(nested)
def test_ranges_answer_as_a_search_through_all_of_them(named: list[tuple[str, int, int]]) -> None:
    networks = [(ip_network((text, size), strict=False), label) for text, size, label in named]
    ranges = Ranges.of((str(network), label) for network, label in networks)
    block = list(ip_network("203.0.113.0/24"))
    expected = [
        max(
            ((n.prefixlen, order, label) for order, (n, label) in enumerate(networks) if a in n),
            default=(0, 0, 0),
        )[2]
        for a in block
    ]

    assert expected == ranges.label(keys(*map(str, block))).tolist()
    assert np.all(ranges.first[1:] > ranges.last[:-1])


def test_documentation_addresses_may_be_actors_and_private_ones_never() -> None:
    never = Ranges.of((text, 1) for text in NEVER_ACTORS)
    public = keys("192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "2001:db8::1")
    private = keys("10.1.2.3", "100.64.0.1", "127.0.0.1", "192.168.1.1", "fe80::1", "fd00::1")

    assert never.label(public).tolist() == [0] * 5
    assert never.label(private).tolist() == [1] * 6
