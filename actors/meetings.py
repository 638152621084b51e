"""Meetings: how far the networks of each cohort meet in the pictures that they are given.

The collision ratio of a cohort says how often two of its networks were given the same picture, as a
share of how often two of the site's ordinary visitors were (science.md 3a):

    K = sum c (c - 1) / (M^2 - sum m^2),   R = K / K of ordinary visitors

with c networks a picture, m pictures a network, M pairs. People share what is popular (R about 1);
a work queue hands each picture to one worker (R about 0), however slowly, from however many homes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from enum import IntEnum, unique
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from actors.kernels import meetings as kernel
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
LASTING = LED | Habits.EDGED  # of whom it is asked for how long they came


@unique
class Trait(IntEnum):
    """What the members of a cohort share, besides their habits."""

    HABIT = 0  # nothing more
    BROWSER = 1  # family and major version
    AGENT = 2  # the user agent to the letter
    WIDE = 3  # v4 /16, v6 /32
    SYSTEM = 4  # an autonomous system, where it is known
    HANDSHAKE = 5  # how they begin TLS (JA4), where a log tells it: whose names change, it does not


NAMING = Trait.BROWSER, Trait.AGENT  # … what is left to name anybody behind edges
TOLD = Trait.SYSTEM, Trait.HANDSHAKE  # … of which 0 is nothing in common: it was not told
COLUMNS = {  # of PAIR
    Trait.BROWSER: "browser",
    Trait.AGENT: "agent",
    Trait.WIDE: "wide",
    Trait.SYSTEM: "system",
    Trait.HANDSHAKE: "handshake",
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """What was counted of some cohorts, each (cohorts,)."""

    trait: Integers
    habits: Integers
    value: Integers
    pairs: Integers
    networks: Integers
    spans: Integers  # distinct tens of minutes with pictures; counted of those LASTING
    met: NDArray[np.float64]  # pairs of networks that were given one picture
    expected: NDArray[np.float64]  # … as many as ordinary visitors would be
    browser: Integers  # of a pair of it, see PAIR: whose name it goes by; 0 where it has addresses

    @classmethod
    def join(cls, parts: list[Self]) -> Self:
        """Put tables behind one another."""
        columns = (np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls))
        return cls(*columns)

    def __len__(self) -> int:
        """Count the cohorts."""
        return len(self.pairs)

    @property
    def each(self) -> NDArray[np.float64]:
        """Tell how many pictures a network was given: (cohorts,)."""
        return self.pairs / np.maximum(self.networks, 1)

    def has(self, habits: Habits) -> NDArray[np.bool_]:
        """Tell which cohorts (cohorts,) have any of some habits."""
        found: NDArray[np.bool_] = self.habits & int(habits) != 0
        return found


@dataclass(frozen=True, slots=True)
class Met:
    """Who met in what: the networks and pictures of some pairs, numbered from 0; minutes rise."""

    network: NDArray[np.int32]  # (pairs,)
    picture: NDArray[np.int32]  # (pairs,)
    minute: NDArray[np.int32]  # (pairs,)

    @classmethod
    def of(cls, rows: Rows) -> Self:
        """Give those of *rows* their numbers."""
        network, picture = (_numbered(rows, name)[0] for name in ("network", "picture"))
        return cls(network, picture, np.ascontiguousarray(rows["minute"]))


@dataclass(frozen=True, slots=True)
class Meetings:
    """How often networks of each group met, each (groups,)."""

    networks: Integers
    spans: Integers
    met: NDArray[np.float64]
    chances: NDArray[np.float64]  # pairs of pairs of different networks

    @classmethod
    def of(cls, pairs: Met, group: NDArray[np.int32], counts: Integers) -> Self:
        """Count in pairs of groups (pairs,) from 0, of so many each (groups,), or 0 to skip one."""
        if not counts.any():
            return cls(*(np.zeros(len(counts), t) for t in (np.int64, np.int64, float, float)))
        rows, ends = kernel.gathered(group, counts)
        networks, spans, met, own = kernel.meet(
            rows, ends, pairs.picture, pairs.network, pairs.minute, SPAN
        )
        twos = counts * (counts - 1) // 2
        return cls(networks, spans, met.astype(np.float64), (twos - own).astype(np.float64))

    @classmethod
    def of_all(cls, rows: Rows) -> Self:
        """Count in all *rows*, as one group."""
        return cls.of(Met.of(rows), np.zeros(len(rows), np.int32), np.array([len(rows)]))


def measured(rows: Rows, usual: float, least: float = 0.0) -> Iterator[Sizes]:
    """Measure all cohorts in the pairs of one habit, minutes rising; *usual* is K of ordinary ones.

    Those that cannot be expected to meet as often as *least* are left out: they would show nothing.
    """
    # The most that so many pairs can be expected to meet: if no two are of one network.
    enough = max(FEWEST, math.sqrt(2.0 * least / usual) if usual else math.inf if least else 0.0)
    if len(rows) < enough:
        return
    pairs = Met.of(rows)
    habits = int(rows["habit"][0])
    edged = bool(habits & Habits.EDGED)
    for trait in NAMING if edged else Trait:
        if trait in TOLD and not rows[COLUMNS[trait]].any():
            continue
        group, value = _groups(rows, trait)
        counts = np.bincount(group, minlength=len(value))
        counts[(counts < enough) | ((value == 0) & (edged or trait in TOLD))] = 0
        if counts.any():
            browser = np.zeros(len(value), np.int64)
            if edged:
                browser[group] = rows["browser"]
            meetings = Meetings.of(pairs, group, counts)
            yield _sizes(Cohorts(trait, habits, value, counts, browser), meetings, usual)


class Cohorts(NamedTuple):
    """The cohorts of one trait within a habit."""

    trait: Trait
    habits: int
    value: NDArray[np.uint32]  # (cohorts,)
    pairs: Integers  # (cohorts,)
    browser: Integers  # (cohorts,)


def _sizes(cohorts: Cohorts, meetings: Meetings, usual: float) -> Sizes:
    """Make a table of the cohorts that are large enough, by their value."""
    large = np.flatnonzero(meetings.networks >= LEAST)
    large = large[np.argsort(cohorts.value[large])]
    return Sizes(
        trait=np.full(len(large), int(cohorts.trait), np.int64),
        habits=np.full(len(large), cohorts.habits, np.int64),
        value=cohorts.value[large].astype(np.int64),
        pairs=cohorts.pairs[large],
        networks=meetings.networks[large],
        spans=meetings.spans[large] * bool(cohorts.habits & LASTING),
        met=meetings.met[large],
        expected=usual * meetings.chances[large],
        browser=cohorts.browser[large],
    )


def _groups(rows: Rows, trait: Trait) -> tuple[NDArray[np.int32], NDArray[np.uint32]]:
    """Tell the cohorts of a trait: which each row (rows,) is of, and what value each shares."""
    if trait is Trait.HABIT:
        return np.zeros(len(rows), np.int32), np.zeros(1, np.uint32)
    return _numbered(rows, COLUMNS[trait])


def _numbered(rows: Rows, name: str) -> tuple[NDArray[np.int32], NDArray[np.uint32]]:
    numbers, distinct = kernel.numbered(np.ascontiguousarray(rows[name]))
    return numbers, distinct
