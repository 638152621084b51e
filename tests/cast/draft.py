"""Draft: requests by column while a world is being made, and the seats they are made from."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from tests.cast.links import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

GET, HEAD = 0, 1
HTTP_1, HTTP_2 = 0, 1


def spread(counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Unfold counts to (parent, rank): [2, 0, 1] gives parents [0, 0, 2] and ranks [0, 1, 0]."""
    parent = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return parent, np.arange(len(parent)) - before[parent]


def elapsed(spans: NDArray[np.int64], parent: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum the spans before each one within its parent; rows of a parent stand together."""
    before = np.cumsum(spans) - spans
    first = np.flatnonzero(np.r_[True, parent[1:] != parent[:-1]])[: len(parent)]
    return before - np.repeat(before[first], np.diff(np.r_[first, len(parent)]))


@dataclass(frozen=True, slots=True)
class Seats:
    """Where a visitor sits: one row for each address, agent and session it comes with."""

    visitor: NDArray[np.int64]  # from 0 within the role
    address: NDArray[np.int64]  # code of `tests.cast.addresses`
    agent: NDArray[np.int64]  # code of `tests.cast.agents`
    session: NDArray[np.int64]  # 0 = none
    account: NDArray[np.int64]  # 0 = not logged in
    protocol: NDArray[np.int64]  # HTTP_1 or HTTP_2

    def __len__(self) -> int:
        """Count the seats."""
        return len(self.visitor)


@dataclass(frozen=True, slots=True)
class Draft:
    """Requests in any order."""

    at: NDArray[np.int64]  # milliseconds since 1970 UTC
    visitor: NDArray[np.int64]
    address: NDArray[np.int64]
    agent: NDArray[np.int64]
    session: NDArray[np.int64]
    account: NDArray[np.int64]
    protocol: NDArray[np.int64]
    link: NDArray[np.int64]  # what is asked for
    referer: NDArray[np.int64]  # a link too
    status: NDArray[np.int64]  # 0 = as the platform will answer
    method: NDArray[np.int64]  # GET or HEAD

    def __len__(self) -> int:
        """Count the requests."""
        return len(self.at)

    @classmethod
    def of(
        cls,
        seats: Seats,
        seat: NDArray[np.int64],
        at: NDArray[np.int64],
        link: ArrayLike,
        **others: ArrayLike,
    ) -> Self:
        """Ask for *link* from seats by number; others: referer, status, method, agent."""
        taken = {f.name: getattr(seats, f.name)[seat] for f in fields(seats)}
        columns = taken | {"link": link, "referer": NONE, "status": 0, "method": GET} | others
        shaped = {k: np.broadcast_to(np.asarray(v, np.int64), at.shape) for k, v in columns.items()}
        return cls(at=at.astype(np.int64), **shaped)

    def where(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Self:
        """Keep some of the requests."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    @classmethod
    def join(cls, drafts: Sequence[Self]) -> Self:
        """Put drafts behind one another."""
        return cls(
            **{f.name: np.concatenate([getattr(d, f.name) for d in drafts]) for f in fields(cls)}
        )
