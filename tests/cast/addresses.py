"""Addresses: where the cast comes from, out of the ranges that documentation and benchmarks own.

A code is an int64: a v4 address as its 32-bit number, a v6 one as 2**32 + the 32 bits of its /64
that follow 2001:db8 (the host bits are derived from them: one person, one /64).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

POOL = int(IPv4Address("198.18.0.0"))  # RFC 2544: 512 networks of 256 for people and harvesters
NETWORKS = 512
WHOLE = 64  # … of which this many are kept for those who come with a whole network
DOCUMENTS = (
    int(IPv4Address("192.0.2.0")),
    int(IPv4Address("198.51.100.0")),
    int(IPv4Address("203.0.113.0")),
)
OWN_PROXY = DOCUMENTS[0] + 1
MONITOR = DOCUMENTS[0] + 10
CRAWLER = DOCUMENTS[0] + 64  # a published range of 32
CRAWLER_RANGE = "192.0.2.64/27"
OPTIMISER = DOCUMENTS[1] + 20
ARCHIVE = DOCUMENTS[1] + 64  # a published range of 32
EDGES = DOCUMENTS[1] + 128  # 32 of the platform's own CDN
RESEARCHER = DOCUMENTS[2] + 7
AI_CRAWLER = DOCUMENTS[2] + 64  # a published range of 32
V6 = 1 << 32
V6_PREFIX = 0x20010DB8 << 96


class Addresses:
    """Hands out addresses, never one twice."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Shuffle what there is."""
        networks = rng.permutation(NETWORKS) * 256 + POOL
        self._whole = networks[:WHOLE].tolist()
        hosts = (networks[WHOLE:, None] + np.arange(1, 255)).ravel()
        self._hosts = rng.permutation(hosts)
        self._taken = 0
        self._v6 = 0
        self._salt = int(rng.integers(1 << 32)) | 1

    def take(self, count: int, *, v6: float = 0.0) -> NDArray[np.int64]:
        """Hand out *count* addresses, a share *v6* of them v6 (all, once v4 is used up)."""
        left = len(self._hosts) - self._taken
        old = min(count - round(count * v6), left)
        v4 = self._hosts[self._taken : self._taken + old]
        self._taken += old
        numbers = np.arange(self._v6, self._v6 + count - old) + 1
        self._v6 += count - old
        taken: NDArray[np.int64] = np.r_[v4, V6 + numbers * self._salt % V6].astype(np.int64)
        return taken

    def network(self) -> int:
        """Hand out a whole /24; its first address."""
        return int(self._whole.pop())


def address_text(code: int) -> str:
    """Write an address as a log does."""
    if code < V6:
        return str(IPv4Address(code))
    prefix = code - V6
    host = (prefix * 0x9E3779B97F4A7C15) & ((1 << 64) - 1)
    return str(IPv6Address(V6_PREFIX | prefix << 64 | host))


def codes_inside(codes: NDArray[np.int64], target: str) -> NDArray[np.bool_]:
    """Tell which addresses lie in *target*, an address or a CIDR of either version."""
    base, _, width = target.partition("/")
    if ":" not in base:
        low = int(IPv4Address(base))
        size = 1 << (32 - int(width or 32))
        return (codes >= low) & (codes < low + size)
    top = int(IPv6Address(base)) >> 64
    size = 1 << (64 - min(int(width or 64), 64))
    low = V6 + (top - (V6_PREFIX >> 64))
    inside: NDArray[np.bool_] = (codes >= max(low, V6)) & (codes < low + size)
    return inside
