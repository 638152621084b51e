"""Extents: which networks a system has, by the tree of a file in MaxMind's format."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BITS = {4: 32, 6: 64}  # of an address that tell visitors apart


class Level(NamedTuple):
    """The networks of one width that have a record."""

    leaf: NDArray[np.uint32]  # (networks,) where its record stands, as `leaves_of` says it
    first: NDArray[np.uint64]  # (networks,) the first bits of its addresses, as many as BITS says
    width: int  # prefix


def levels(tree: NDArray[np.uint32], roots: tuple[int, int], version: int) -> Iterator[Level]:
    """Walk down from where addresses of a version begin, width by width.

    *tree* (nodes, 2) and *roots* are those of `Systems`. What the tree of IPv6 says of IPv4 a
    second time (6to4, Teredo) is left out, and so is what divides a /64.
    """
    nodes, bits = len(tree), BITS[version]
    root = roots[0] if version == 4 else roots[1]
    four = roots[0] if version == 6 else nodes  # nodes: it leads nowhere
    node = np.array([root] if root < nodes else [], np.uint32)
    first = np.zeros(len(node), np.uint64)
    for width in range(1, bits + 1):
        below = tree[node].ravel()
        first = np.repeat(first, 2)
        first[1::2] |= np.uint64(1) << np.uint64(bits - width)
        told, on = below > nodes, (below < nodes) & (below != four)
        yield Level(below[told] - np.uint32(nodes), first[told], width)
        node, first = below[on], first[on]


def written(version: int, first: int, width: int) -> str:
    """Write a network: "203.0.113.0/24"."""
    if version == 4:
        return f"{IPv4Address(first)}/{width}"
    return f"{IPv6Address(first << 64)}/{width}"
