"""Meetings: how far the networks of each cohort meet in the pictures that they are given.

The collision ratio of a cohort says how often two of its networks were given the same picture, as a
share of how often two of the site's ordinary visitors were (science.md 3a):

    K = sum c (c - 1) / (M^2 - sum m^2),   R = K / K of ordinary visitors

with c networks a picture, m pictures a network, M pairs. People share what is popular (R about 1);
a work queue hands each picture to one worker (R about 0), however slowly, from however many homes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum, unique
from typing import TYPE_CHECKING, Self

import numpy as np

from actors.pairs import Habits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Rows = NDArray[np.void]

FEWEST = 150  # pairs, and …
LEAST = 20  # … networks below which a cohort is not looked at (the literature's detector 8)
SPAN = 10  # minutes
LED = Habits.PAGED | Habits.CALLED


@unique
class Trait(IntEnum):
    """What the members of a cohort share, besides their habits."""

    HABIT = 0  # nothing more
    BROWSER = 1  # family and major version
    AGENT = 2  # the user agent to the letter
    WIDE = 3  # v4 /16, v6 /32


@dataclass(frozen=True, slots=True)
class Sizes:
    """What was counted of some cohorts, each (cohorts,)."""

    trait: Integers
    habits: Integers
    value: Integers
    pairs: Integers
    networks: Integers
    spans: Integers  # distinct tens of minutes with pictures; counted where a page or call led
    met: NDArray[np.float64]  # pairs of networks that were given one picture
    expected: NDArray[np.float64]  # … as many as ordinary visitors would be

    @classmethod
    def join(cls, parts: list[Self]) -> Self:
        """Put tables behind one another."""
        columns = (np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls))
        return cls(*columns)

    def __len__(self) -> int:
        """Count the cohorts."""
        return len(self.pairs)


@dataclass(frozen=True, slots=True)
class Meetings:
    """How often networks of each group met, each (groups,)."""

    networks: Integers
    met: NDArray[np.float64]
    chances: NDArray[np.float64]  # pairs of pairs of different networks

    @classmethod
    def of(cls, rows: Rows, group: Integers, groups: int) -> Self:
        """Count in *rows*, which belong to groups (rows,) from 0."""
        pairs = np.bincount(group, minlength=groups).astype(np.float64)
        of, networks = _tally(group, rows["picture"])
        met = np.bincount(of, networks * (networks - 1.0) / 2, groups).astype(np.float64)
        of, pictures = _tally(group, rows["network"])
        own = np.bincount(of, pictures.astype(np.float64) ** 2, groups)
        return cls(np.bincount(of, minlength=groups), met, (pairs**2 - own) / 2)


def measured(rows: Rows, usual: float) -> Iterator[Sizes]:
    """Measure all cohorts in the pairs of one habit; *usual* is K of ordinary visitors."""
    values = {
        Trait.HABIT: np.zeros(len(rows), np.uint32),
        Trait.BROWSER: rows["browser"],
        Trait.AGENT: rows["agent"],
        Trait.WIDE: rows["wide"],
    }
    for trait, value in values.items():
        distinct, group, counts = np.unique(value, return_inverse=True, return_counts=True)
        if (counts >= FEWEST).any():
            kept = counts[group] >= FEWEST
            group = (np.cumsum(counts >= FEWEST) - 1)[group[kept]]
            yield _sizes(trait, distinct[counts >= FEWEST], rows[kept], group, usual)


def _sizes(
    trait: Trait, value: NDArray[np.uint32], rows: Rows, group: Integers, usual: float
) -> Sizes:
    groups = len(value)
    meetings = Meetings.of(rows, group, groups)
    spans = np.zeros(groups, np.int64)
    if rows["habit"][0] & LED:
        spans = np.bincount(_tally(group, rows["minute"] // SPAN)[0], minlength=groups)
    known = np.flatnonzero(meetings.networks >= LEAST)
    every = Sizes(
        trait=np.full(groups, int(trait), np.int64),
        habits=np.full(groups, int(rows["habit"][0]), np.int64),
        value=value.astype(np.int64),
        pairs=np.bincount(group, minlength=groups),
        networks=meetings.networks,
        spans=spans,
        met=meetings.met,
        expected=usual * meetings.chances,
    )
    return Sizes(*(getattr(every, f.name)[known] for f in fields(Sizes)))


def _tally(group: Integers, thing: NDArray[np.generic]) -> tuple[Integers, Integers]:
    """Count each thing in each group: (group, count) of every distinct two."""
    both = (group << np.int64(32)) | thing.astype(np.int64)
    distinct, counts = np.unique(both, return_counts=True)
    return distinct >> np.int64(32), counts
