"""Ties: requests of one moment have an order of their own, whichever way they arrived.

Logs with whole seconds hold hundreds of requests a second, and several logs or partitions hold
them in any order. A page leads to what is on it, so it comes first; pictures follow by number. What
is left is settled by hashes, which are keyed, so nobody can choose a favourable order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.event import Kind
from access.kernels.ties import order_ties

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from access.batch import Batch

ORDER = (Kind.PAGE, Kind.API, Kind.ASSET, Kind.AVATAR, Kind.OTHER, Kind.TRAP, Kind.PICTURE)
RANKS = np.array([ORDER.index(kind) for kind in Kind], np.uint8)


class Tied(NamedTuple):
    """The columns that decide the order; see Batch."""

    at: NDArray[np.int64]
    kind: NDArray[np.uint8]
    rendition: NDArray[np.uint8]
    outcome: NDArray[np.uint8]
    referrer: NDArray[np.uint8]
    own: NDArray[np.bool_]
    serial: NDArray[np.int64]
    address: NDArray[np.uint64]
    session: NDArray[np.uint64]
    account: NDArray[np.uint64]
    picture: NDArray[np.uint64]
    owner: NDArray[np.uint64]
    series: NDArray[np.uint64]
    agent: NDArray[np.uint64]
    name: NDArray[np.uint64]  # a hash of the row; 0 until the kernel needs it


def settled(batch: Batch, moment: NDArray[np.int64]) -> NDArray[np.int64]:
    """Say in which order the rows of a batch go that is sorted by *moment* (rows,)."""
    order = np.arange(len(moment))
    columns = {name: getattr(batch, name) for name in Tied._fields[:-1]}
    # Whoever logs more of a client tells more of its requests apart.
    columns["agent"] = batch.agent ^ batch.handshake ^ batch.bearing.astype(np.uint64)
    order_ties(Tied(**columns, name=np.zeros(len(moment), np.uint64)), RANKS, moment, order)
    return order
