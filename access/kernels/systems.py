"""Walk the tree of a file in MaxMind's format, for many addresses at once."""

from __future__ import annotations

import numpy as np

from access.kernels.addresses import V4
from access.kernels.compiled import lean_kernel


@lean_kernel
def leaves_of(tree, four, six, keys, leaves):
    """Write where the record of each address key stands: from 1, or 0 where there is none.

    *tree* (nodes, 2) is where a 0 and where a 1 leads; *four* and *six* are the nodes at which
    IPv4 and IPv6 addresses begin. A /64 that the tree divides further has no single record.
    """
    nodes = np.int64(len(tree))
    for i in range(len(keys)):
        key = np.uint64(keys[i])
        is_four = key >> np.uint64(32) == V4 >> np.uint64(32)
        node, bit = (np.int64(four), 32) if is_four else (np.int64(six), 64)
        if key == np.uint64(0):
            node = nodes
        while node < nodes and bit > 0:
            bit -= 1
            node = np.int64(tree[node, np.int64(key >> np.uint64(bit)) & 1])
        leaves[i] = max(node - nodes, 0)
