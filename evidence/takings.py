"""Takings: what each case asked for and got, in exact numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.event import Outcome, Rendition
from evidence.pairs import Pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from access.batch import Batch

NEVER = np.iinfo(np.int64).max
DELIVERED = 1  # column of the sums
DISTINCT = ("picture", "owner", "agent", "address")  # what is counted once per case …
GIVEN = ("picture", "owner")  # … of deliveries alone


@dataclass(frozen=True, slots=True)
class Taken:
    """What one case asked for while a decision was in force: picture requests only."""

    requests: int
    delivered: int  # 200, 206 and 304 to GET, repeats included
    refused: int  # by the platform itself: 401, 403, 429 …
    bytes: int  # of the deliveries whose size the log tells
    first: int | None  # milliseconds since 1970 UTC
    last: int | None
    renditions: Mapping[Rendition, int]  # deliveries of each, those with none left out
    pictures: int  # distinct ones delivered
    owners: int  # distinct ones of them, as far as they are known
    agents: int  # distinct user agents
    addresses: int  # distinct ones
    at_least: bool  # there was no room to count all distinct ones


class Takings:
    """Sums per case, in columns; room for distinct things is shared by all cases."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.sums = np.zeros((0, 4 + len(Rendition)), np.int64)
        self.span = np.zeros((0, 2), np.int64)  # milliseconds of the first and last request
        self.pairs = {name: Pairs() for name in DISTINCT}

    def add(self, case: NDArray[np.int64], batch: Batch, rows: NDArray[np.intp]) -> None:
        """Count picture requests; row rows[i] of *batch* belongs to case[i]."""
        if not len(case):
            return
        self._grow(int(case.max()) + 1)
        outcome, rendition = batch.outcome[rows], batch.rendition[rows]
        delivered = outcome == Outcome.DELIVERED
        size = np.where(delivered, np.maximum(batch.size[rows], 0), 0)
        columns = (np.ones(len(case)), delivered, outcome == Outcome.REFUSED, size)
        kinds = (delivered & (rendition == kind) for kind in Rendition)
        which, place = np.unique(case, return_inverse=True)
        for number, column in enumerate((*columns, *kinds)):
            added = np.bincount(place, weights=column, minlength=len(which))
            self.sums[which, number] += added.astype(np.int64)
        np.minimum.at(self.span[:, 0], case, batch.at[rows])
        np.maximum.at(self.span[:, 1], case, batch.at[rows])
        for name, pairs in self.pairs.items():
            chosen = delivered if name in GIVEN else slice(None)
            pairs.add(case[chosen], getattr(batch, name)[rows[chosen]])

    def all(self, cases: int) -> list[Taken]:
        """Tell it case by case."""
        self._grow(cases)
        distinct = np.stack([pairs.counts(cases) for pairs in self.pairs.values()], axis=1)
        return [self._taken(case, distinct[case].tolist()) for case in range(cases)]

    def delivered(self, cases: int) -> NDArray[np.int64]:
        """Count the deliveries of each of the first *cases* cases."""
        self._grow(cases)
        return self.sums[:cases, DELIVERED]

    def _taken(self, case: int, distinct: list[int]) -> Taken:
        requests, delivered, refused, size, *renditions = self.sums[case].tolist()
        first, last = self.span[case].tolist() if requests else (None, None)
        pictures, owners, agents, addresses = distinct
        return Taken(
            requests=requests,
            delivered=delivered,
            refused=refused,
            bytes=size,
            first=first,
            last=last,
            renditions={kind: n for kind, n in zip(Rendition, renditions, strict=True) if n},
            pictures=pictures,
            owners=owners,
            agents=agents,
            addresses=addresses,
            at_least=any(pairs.full for pairs in self.pairs.values()),
        )

    def _grow(self, cases: int) -> None:
        missing = cases - len(self.sums)
        if missing > 0:
            self.sums = np.pad(self.sums, ((0, missing), (0, 0)))
            blank = np.tile(np.array([NEVER, 0]), (missing, 1))
            self.span = np.concatenate([self.span, blank])
