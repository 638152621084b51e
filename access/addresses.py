"""Addresses: turn 64-bit keys into text and back, into networks, and into named ranges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np

from access.kernels.addresses import V4, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

Network: TypeAlias = IPv4Network | IPv6Network

REMEMBERED = 1 << 14  # texts: those of whoever is talked about again and again
V4_FIRST = int(V4)
V4_LAST = V4_FIRST | 0xFFFFFFFF

# Private, shared, loopback, link-local, multicast and reserved space: no client on the internet.
# Documentation and benchmark ranges are not here, so that tests and the demo may live in them.
NEVER_ACTORS = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/64",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
)


def key_of(text: str) -> int:
    """Read an address as `parse_address` does; 0 when it is none. Not for use per request."""
    data = np.frombuffer(text.encode(), np.uint8)
    return int(parse_address(data, 0, len(data)))


@lru_cache(REMEMBERED)
def address_text(key: int) -> str:
    """Write the key of an address: `203.0.113.7`, `2001:db8:1:2::/64`, or `-` for nobody."""
    return _text(key, 32, 64)


def network_of(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Give the network each address lies in, v4 /24 or v6 /48; nobody (0) stays nobody."""
    four = keys >> np.uint64(32) == V4 >> np.uint64(32)
    return keys & np.where(four, ~np.uint64(0xFF), ~np.uint64(0xFFFF))


@lru_cache(REMEMBERED)
def network_text(key: int) -> str:
    """Write the key of a network: `203.0.113.0/24`, `2001:db8:1::/48`, or `-` for nobody."""
    return _text(key, 24, 48)


def _text(key: int, four: int, six: int) -> str:
    if not key:
        return "-"
    if V4_FIRST <= key <= V4_LAST:
        address = IPv4Address(key - V4_FIRST)
        return str(address) if four == 32 else f"{address}/{four}"
    return f"{IPv6Address(key << 64)}/{six}"


@lru_cache(1 << 10)  # whom a decision is about is asked several times, one decision at a time
def as_network(scope_text: str) -> Network:
    """Read what a decision targets, an address or a CIDR; an IPv6 address stands for its /64.

    A text that is neither, or has bits set behind its prefix, is a ValueError that shows it.
    """
    try:
        network = ip_network(scope_text)
    except ValueError as error:
        msg = f"not an address or CIDR: {scope_text!r} ({error})"
        raise ValueError(msg) from error
    if isinstance(network, IPv4Network):
        return network
    mapped = network.network_address.ipv4_mapped
    if mapped is not None and network.prefixlen >= 96:
        return IPv4Network((mapped, network.prefixlen - 96))
    return network.supernet(new_prefix=64) if network.prefixlen > 64 else network


def _spans(network: Network) -> Iterator[tuple[int, int]]:
    """Give the first and last key of a network; a wide IPv6 one leaves the IPv4 keys out."""
    if isinstance(network, IPv4Network):
        first = V4_FIRST + int(network.network_address)
        yield first, first + network.num_addresses - 1
        return
    first, last = (int(a) >> 64 for a in (network.network_address, network.broadcast_address))
    if first < V4_FIRST:
        yield first, min(last, V4_FIRST - 1)
    if last > V4_LAST:
        yield max(first, V4_LAST + 1), last


@dataclass(frozen=True, slots=True)
class Ranges:
    """Disjoint closed intervals of address keys in ascending order, each with a label."""

    first: NDArray[np.uint64]
    last: NDArray[np.uint64]
    labels: NDArray[np.int32]

    @classmethod
    def of(cls, named: Iterable[tuple[str, int]]) -> Self:
        """Collect (address or CIDR, label) pairs.

        Where they overlap the narrower wins, of two equals the later. A text that is neither is a
        ValueError that shows it.
        """
        nested = [(a, z, label) for text, label in named for a, z in _spans(as_network(text))]
        nested.sort(key=lambda span: (span[0], -span[1]))
        # Nobody comes first, so that a look-up always finds an interval.
        first, last, labels = zip((0, 0, 0), *_flatten(nested), strict=True)
        return cls(
            np.array(first, np.uint64), np.array(last, np.uint64), np.array(labels, np.int32)
        )

    def label(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Give the label of the interval that holds each key, 0 where none does."""
        at = np.searchsorted(self.first, keys, side="right") - 1
        return np.where(keys <= self.last[at], self.labels[at], np.int32(0))


def _flatten(nested: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Cut nested spans, outer before inner, into disjoint ones."""
    open_: list[tuple[int, int]] = []
    at = 1  # key 0 is nobody
    for first, last, label in [*nested, (1 << 64, 1 << 64, 0)]:
        while open_ and (open_[-1][0] < first):
            end, inner = open_.pop()
            if at <= end:
                yield at, end, inner
            at = max(at, end + 1)
        if open_ and at < first:
            yield at, first - 1, open_[-1][1]
        at = max(at, first)
        open_.append((last, label))
