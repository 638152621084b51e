"""Cohorts: visitors who come by pictures in the same way, and how far they meet in what they see.

The collision ratio of a cohort says how often two of its networks were given the same picture, as a
share of how often two of the site's ordinary visitors were (science.md 3a):

    K = sum c (c - 1) / (M^2 - sum m^2),   R = K / K of ordinary visitors

with c networks a picture, m pictures a network, M pairs. People share what is popular (R about 1);
a work queue hands each picture to one worker (R about 0), however slowly, from however many homes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import IntEnum, unique
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from actors.features import DAY, HOUR, MINUTE
from actors.pairs import PAIR, Habits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Rows = NDArray[np.void]

KEPT = 1 << 16  # pairs of each habit, the newest; 25 bytes each
FEWEST = 60  # pairs, and …
LEAST = 20  # … networks below which a cohort is not looked at (science.md 4, number 8)
SPAN = 10  # minutes
# How ordinary visitors come by pictures: through pages, drawn, which their browser names.
ORDINARY = Habits.PAGED | Habits.DREW
STRANGE = Habits.UNREFERRED | Habits.ROOTED
GROWTH = 4  # a cohort is looked at again once it grew by a quarter of its last hour; chosen
SOME = 16  # pairs below which that is not worth while


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
    spans: Integers  # distinct tens of minutes in which it was given anything
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


class Look(NamedTuple):
    """One look at the cohorts of one habit."""

    minute: int  # since 1970 UTC; all pairs up to its end are in
    ordinary: int  # networks of ordinary visitors, within a day
    sizes: Sizes


@dataclass(slots=True)
class Kept:
    """The newest pairs of one habit."""

    parts: list[Rows] = field(default_factory=list)
    heard: int = 0  # pairs since the last look
    due: int = SOME  # … at which the next is taken

    def add(self, rows: Rows) -> None:
        """Take the pairs of a minute."""
        if len(rows):
            self.parts.append(rows.copy())  # a view would hold all others of its minute
            self.heard += len(rows)

    def rows(self, minute: int) -> Rows:
        """Give what is kept of the day that ends with a minute; forget the rest."""
        rows = np.concatenate(self.parts) if self.parts else np.zeros(0, PAIR)
        first = np.searchsorted(rows["minute"], minute - DAY // MINUTE, side="right")
        rows = rows[first:][-KEPT:]
        self.parts = [rows]
        return rows


class CohortLedger:
    """Remembers the pairs of the whole site for a day, by habit, in bounded memory."""

    def __init__(self) -> None:
        """Know nobody."""
        self._kept: dict[int, Kept] = {}
        self._ordinary = Kept()
        self._usual = 0.0  # K of ordinary visitors
        self._networks = 0  # … and how many networks they are
        self._hour = 0  # in which what is older than a day was last forgotten everywhere

    def look(self, pairs: Rows) -> Iterator[Look]:
        """Take the pairs of minutes that are over, rising; look wherever enough is new."""
        pairs = np.sort(pairs, order=["minute", "habit", "network", "picture"])
        for rows in _cut(pairs, pairs["minute"]):
            yield from self._minute(int(rows["minute"][0]), rows)

    def _minute(self, minute: int, pairs: Rows) -> Iterator[Look]:
        ordinary = is_ordinary(pairs["habit"])
        self._forget(minute)
        self._compare(minute, pairs[ordinary])
        others = pairs[~ordinary]
        for rows in _cut(others, others["habit"]):
            kept = self._kept.setdefault(int(rows["habit"][0]), Kept())
            kept.add(rows)
            if kept.heard >= kept.due:
                held = kept.rows(minute)
                lately = np.searchsorted(held["minute"], minute - HOUR // MINUTE, side="right")
                kept.heard, kept.due = 0, max(SOME, (len(held) - int(lately)) // GROWTH)
                windows = (held, held[lately:]) if lately else (held,)
                found = [sizes for rows in windows for sizes in measured(rows, self._usual)]
                if found:
                    yield Look(minute, self._networks, Sizes.join(found))

    def _forget(self, minute: int) -> None:
        """Once an hour, forget what is a day old, also where nothing new comes to be looked at."""
        if minute // (HOUR // MINUTE) != self._hour:
            self._hour = minute // (HOUR // MINUTE)
            for kept in (self._ordinary, *self._kept.values()):
                kept.rows(minute)

    def _compare(self, minute: int, pairs: Rows) -> None:
        """Learn how often ordinary visitors meet."""
        kept = self._ordinary
        kept.add(pairs)
        if kept.heard >= kept.due:
            rows = kept.rows(minute)
            kept.heard, kept.due = 0, max(SOME, len(rows) // (2 * GROWTH))
            meetings = Meetings.of(rows, np.zeros(len(rows), np.int64), 1)
            self._networks = int(meetings.networks[0])
            self._usual = float(meetings.met[0] / max(meetings.chances[0], 1.0))

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        every = [(-1, self._ordinary), *sorted(self._kept.items())]
        parts = [np.concatenate([np.zeros(0, PAIR), *kept.parts]) for _, kept in every]
        told = [(habit, kept.heard, kept.due, len(part)) for (habit, kept), part in
                zip(every, parts, strict=True)]  # fmt: skip
        return {
            "pairs": np.concatenate(parts),
            "kept": np.array(told, np.int64).reshape(-1, 4),
            "usual": np.array([self._usual]),
            "networks": np.array([self._networks]),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._usual = float(state["usual"][0])
        self._networks = int(state["networks"][0])
        self._kept, begins = {}, 0
        for habit, heard, due, count in state["kept"].tolist():
            kept = Kept([state["pairs"][begins : begins + count].astype(PAIR)], heard, due)
            begins += count
            if habit < 0:
                self._ordinary = kept
            else:
                self._kept[habit] = kept


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


def is_ordinary(habits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which habits are those of ordinary visitors."""
    told: NDArray[np.bool_] = (habits & np.uint8(ORDINARY | STRANGE)) == np.uint8(ORDINARY)
    return told


def _tally(group: Integers, thing: NDArray[np.generic]) -> tuple[Integers, Integers]:
    """Count each thing in each group: (group, count) of every distinct two."""
    both = (group << np.int64(32)) | thing.astype(np.int64)
    distinct, counts = np.unique(both, return_counts=True)
    return distinct >> np.int64(32), counts


def _cut(rows: Rows, by: NDArray[np.generic]) -> list[Rows]:
    """Cut rows where a column that does not fall changes."""
    if not len(rows):
        return []
    return np.split(rows, np.flatnonzero(by[1:] != by[:-1]) + 1)
