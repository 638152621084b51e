"""Blocks that overlap end when the last of them does, address by address."""

from __future__ import annotations

import math
from ipaddress import ip_network

from hypothesis import given
from hypothesis import strategies as st

from enforcement.cover import Span, cidrs, joined, span, without
from enforcement.lasting import lasting

FIRST = 0xCB007100  # 203.0.113.0
SMALL = st.integers(0, 15)
ENDS = st.sampled_from([10.0, 20.0, 30.0, math.inf])


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first, last = sorted((draw(SMALL), draw(SMALL)))
    if draw(st.booleans()):
        return Span(4, FIRST + first, FIRST + last)
    return Span(6, first << 64, ((last + 1) << 64) - 1)


def by_hand(leases: list[tuple[Span, float]], version: int, address: int) -> float:
    """Say when one address is let go; 0 where it never was refused."""
    ends = [e for s, e in leases if s.version == version and s.first <= address <= s.last]
    return max(ends, default=0.0)


@given(st.lists(st.tuples(spans(), ENDS), max_size=8), st.lists(spans(), max_size=3))
def test_each_address_ends_with_the_last_block_that_held_it(
    leases: list[tuple[Span, float]], holes: list[Span]
) -> None:
    pieces = [(span(cidr), end) for cidr, end in lasting(leases, joined(holes))]

    for version, address in [
        *((4, FIRST + n) for n in range(16)),
        *((6, n << 64) for n in range(16)),
    ]:
        spared = by_hand([(hole, 1.0) for hole in holes], version, address)
        assert by_hand(pieces, version, address) == (
            0.0 if spared else by_hand(leases, version, address)
        )


@given(st.lists(st.tuples(spans(), ENDS), max_size=8), st.lists(spans(), max_size=3))
def test_the_pieces_are_disjoint_and_cover_what_the_block_list_says(
    leases: list[tuple[Span, float]], holes: list[Span]
) -> None:
    pieces = [cidr for cidr, _ in lasting(leases, joined(holes))]
    networks = [ip_network(piece) for piece in pieces]
    published = cidrs(without(joined(s for s, _ in leases), joined(holes)))

    assert list(published) == list(cidrs(joined(map(span, pieces))))
    assert not any(
        a.version == b.version and a.overlaps(b)
        for n, a in enumerate(networks)
        for b in networks[:n]
    )


def test_neighbours_that_end_together_are_one() -> None:
    leases = [(span("203.0.113.0/25"), 10.0), (span("203.0.113.128/25"), 10.0)]

    assert list(lasting(leases, [])) == [("203.0.113.0/24", 10.0)]


def test_a_short_block_inside_a_long_one_changes_nothing() -> None:
    leases = [(span("203.0.113.0/24"), 20.0), (span("203.0.113.7"), 10.0)]

    assert list(lasting(leases, [])) == [("203.0.113.0/24", 20.0)]
