"""Trees: the search tree of a file in MaxMind's format, as an array."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ZEROS = 96  # bits in front of an IPv4 address, in a tree of IPv6 addresses


def tree_of(
    data: bytes, nodes: int, bits: int, version: int
) -> tuple[NDArray[np.uint32], tuple[int, int]]:
    """Read where each of *nodes* leads, and at which IPv4 and IPv6 addresses begin.

    A record of the tree has 24, 28 or 32 *bits*; *version* is that of the addresses, 4 or 6. A
    number that is no node is the place of a record of data, counted from behind the last node.
    """
    size = nodes * bits // 4
    if bits not in (24, 28, 32) or version not in (4, 6) or len(data) < size:
        msg = f"{nodes} nodes of 2 x {bits} bits for IPv{version} in {len(data):,} bytes"
        raise LookupError(msg)
    rows = np.frombuffer(data, np.uint8, size).reshape(nodes, bits // 4)
    tree = np.stack([_number(rows, side, bits) for side in (0, 1)], axis=1)
    if version == 4:
        return tree, (0, nodes)
    node = 0
    for _ in range(ZEROS):
        node = int(tree[node, 0]) if node < nodes else node
    return tree, (node, 0)


def _number(rows: NDArray[np.uint8], side: int, bits: int) -> NDArray[np.uint32]:
    """Read the left (0) or right (1) number of every node, the highest byte first."""
    wide = rows.astype(np.uint32)
    whole = bits // 8
    first = side * (wide.shape[1] - whole)
    value = np.zeros(len(rows), np.uint32)
    if bits == 28:  # the byte in the middle holds the upper half byte of both
        value = (wide[:, 3] >> np.uint32(4)) if side == 0 else (wide[:, 3] & np.uint32(15))
    for place in range(first, first + whole):
        value = value << np.uint32(8) | wide[:, place]
    return value
