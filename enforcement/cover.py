"""Cover: addresses and networks as a few disjoint CIDRs, with holes where somebody is spared."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from hashlib import blake2b
from ipaddress import IPv4Address, IPv6Address, summarize_address_range
from typing import TYPE_CHECKING, NamedTuple

from access.addresses import as_network

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Span(NamedTuple):
    """Addresses from the first to the last, both included."""

    version: int  # 4 or 6
    first: int
    last: int


@lru_cache(1 << 10)  # as `as_network`
def span(target: str) -> Span:
    """Read an address (of IPv6: its /64) or a CIDR; ValueError shows what is neither."""
    # Most are alone, and a list of many is read often.
    if alone := _lone(target.removesuffix("/32")):
        return Span(4, alone, alone)
    network = as_network(target)
    return Span(network.version, int(network.network_address), int(network.broadcast_address))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Sort spans and join those that overlap or touch."""
    found: list[Span] = []
    for each in sorted(spans):
        before = found[-1] if found else None
        if before and before.version == each.version and each.first <= before.last + 1:
            found[-1] = before._replace(last=max(before.last, each.last))
        else:
            found.append(each)
    return found


def without(spans: Sequence[Span], holes: Sequence[Span]) -> Iterator[Span]:
    """Cut *holes* out of *spans*; both are joined."""
    for version, start, last in spans:
        first = start
        place = max(_before(holes, Span(version, first, first)), 0)
        while place < len(holes) and holes[place][:2] <= (version, last):
            hole = holes[place]
            if hole.version == version and hole.last >= first:
                if first < hole.first:
                    yield Span(version, first, hole.first - 1)
                first = hole.last + 1
            place += 1
        if first <= last:
            yield Span(version, first, last)


def holds(spans: Sequence[Span], inner: Span) -> bool:
    """Tell whether joined *spans* hold all of *inner*."""
    place = _before(spans, inner)
    if place < 0:
        return False
    outer = spans[place]
    return outer.version == inner.version and outer.last >= inner.last


def cidrs(spans: Iterable[Span]) -> Iterator[str]:
    """Write disjoint spans as the fewest CIDRs, IPv4 first."""
    for version, first, last in spans:
        if version == 4 and first == last:
            yield f"{IPv4Address(first)}/32"
        elif version == 4:
            yield from map(str, summarize_address_range(IPv4Address(first), IPv4Address(last)))
        else:
            yield from map(str, summarize_address_range(IPv6Address(first), IPv6Address(last)))


def name_of(entries: Iterable[str]) -> str:
    """Name a sorted set of CIDRs: 16 hex digits, the same for the same set."""
    return blake2b("\n".join(entries).encode(), digest_size=8).hexdigest()


def _lone(target: str) -> int:
    """Read a plain IPv4 address, or its /32; 0 for anything else."""
    try:
        return int(IPv4Address(target.removesuffix("/32")))
    except ValueError:
        return 0


def _before(spans: Sequence[Span], inner: Span) -> int:
    """Find the last span that begins no later than *inner*; -1 when none does."""
    return bisect_right(spans, (inner.version, inner.first, 1 << 128)) - 1
