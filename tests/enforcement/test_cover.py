"""Cover: sets of addresses as CIDRs."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from enforcement.cover import cidrs, holds, joined, span, without

BASE = int(ip_address("192.0.2.0"))
networks = st.builds(
    lambda start, length: str(ip_network((BASE + start, length), strict=False)),
    st.integers(0, 255),
    st.integers(25, 32),
)


def members(texts: list[str]) -> set[int]:
    return {int(address) for text in texts for address in ip_network(text)}


@given(st.lists(networks, max_size=6), st.lists(networks, max_size=6))
def test_a_cover_holds_exactly_what_is_blocked_and_not_spared(
    blocked: list[str], spared: list[str]
) -> None:
    found = list(cidrs(without(joined(map(span, blocked)), joined(map(span, spared)))))

    assert members(found) == members(blocked) - members(spared)
    assert sum(ip_network(text).num_addresses for text in found) == len(members(found))
    assert found == sorted(found, key=ip_network)


@given(st.lists(networks, max_size=6), networks)
def test_spans_hold_what_lies_in_them(outer: list[str], inner: str) -> None:
    assert holds(joined(map(span, outer)), span(inner)) == (members([inner]) <= members(outer))


def test_families_of_addresses_never_mix() -> None:
    four, six = span("0.0.0.0/0"), span("::/0")

    assert list(without([four, six], [four])) == [six]
    assert list(without([four, six], [six])) == [four]
    assert not holds([six], four)
