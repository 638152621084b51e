"""Shards: which part of the actors' memory a request belongs to.

A request goes to the shard of its network, where its address and its neighbours are remembered, and
to those of its session and its account. The number of shards is fixed for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.addresses import network_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from access.batch import Batch

SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: near keys, far places


def shard_of(key: NDArray[np.uint64], shards: int) -> NDArray[np.int64]:
    """Say which shard remembers an actor: (rows,) numbers from 0; keys are those of a ledger."""
    return ((key * SPREAD) >> np.uint64(32)).astype(np.int64) % shards


class Home(NamedTuple):
    """Who of each request is remembered here: keys (rows,), 0 where another shard remembers it."""

    address: NDArray[np.uint64]
    session: NDArray[np.uint64]
    account: NDArray[np.uint64]

    @classmethod
    def of_all(cls, batch: Batch) -> Home:
        """Remember everybody, where there is but one shard."""
        return cls(batch.address, batch.session, batch.account)


def resident(batch: Batch, shard: int, shards: int) -> Home:
    """Keep whom this shard remembers: an address goes where its network does."""

    def kept(key: NDArray[np.uint64], by: NDArray[np.uint64]) -> NDArray[np.uint64]:
        return np.where(shard_of(by, shards) == shard, key, np.uint64(0))

    session, account = kept(batch.session, batch.session), kept(batch.account, batch.account)
    return Home(kept(batch.address, network_of(batch.address)), session, account)


@dataclass(frozen=True, slots=True)
class Places:
    """Which shards the rows of a batch go to; -1 where there is nobody to remember."""

    network: NDArray[np.int64]  # (rows,)
    session: NDArray[np.int64]  # (rows,)
    account: NDArray[np.int64]  # (rows,)

    @classmethod
    def of(cls, batch: Batch, shards: int) -> Places:
        """Look every actor up."""
        keys = network_of(batch.address), batch.session, batch.account
        return cls(*(np.where(key != 0, shard_of(key, shards), -1) for key in keys))


def split(batch: Batch, shards: int) -> Iterator[tuple[int, NDArray[np.intp], Batch]]:
    """Yield each shard that has any rows, which rows of the batch they are, and the rows whole.

    Also a shard that remembers only the address has to know whose session it is.
    """
    places = Places.of(batch, shards)
    shard, row = _pairs(places)
    sorted_ = batch.take(row)  # once for all of them: the parts are views
    edges = np.searchsorted(shard, np.arange(shards + 1))
    for number in np.flatnonzero(np.diff(edges)).tolist():
        rows = slice(int(edges[number]), int(edges[number + 1]))
        yield number, row[rows], sorted_.take(rows)


def _pairs(places: Places) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """List which row goes to which shard, each once, by shard and then by row."""
    wanted = [places.network]
    for more in (places.session, places.account):
        if (more >= 0).any():
            # A row goes to a shard once, however many of its actors live there.
            there = np.any([more == known for known in wanted], axis=0)
            wanted.append(np.where(there, -1, more))
    shard = np.concatenate(wanted)
    row = np.tile(np.arange(len(places.network)), len(wanted))
    order = np.lexsort((row, shard))
    order = order[np.searchsorted(shard[order], 0) :]
    return shard[order], row[order]
