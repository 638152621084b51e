"""Cohorts: visitors who come by pictures in the same way, remembered for a day, over all shards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actors.features import DAY, HOUR, MINUTE
from actors.meetings import FEWEST, Meetings, Sizes, measured
from actors.pairs import PAIR, Habits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from actors.meetings import Rows

KEPT = 1 << 16  # pairs of each habit, the newest; 25 bytes each
# How ordinary visitors come by pictures: through pages, drawn, which their browser names.
ORDINARY = Habits.PAGED | Habits.DREW
STRANGE = Habits.UNREFERRED | Habits.ROOTED | Habits.UNNAMED
GROWTH = 4  # a cohort is looked at again once it grew by a quarter of its last hour; chosen
SLOWLY = 16  # … its whole day once that grew by a sixteenth; chosen: looking takes time
SOME = 16  # pairs below which that is not worth while


class Look(NamedTuple):
    """One look at the cohorts of one habit."""

    minute: int  # since 1970 UTC; all pairs up to its end are in
    sizes: Sizes
    whole: bool = True  # a day was looked at, not only its last hour


@dataclass(slots=True)
class Kept:
    """The newest pairs of one habit."""

    parts: list[Rows] = field(default_factory=list)
    heard: int = 0  # pairs since the last look
    due: int = SOME  # … at which the next is taken
    grown: int = 0  # … since the last look at the whole day

    def add(self, rows: Rows) -> None:
        """Take the pairs of a minute."""
        if len(rows):
            self.parts.append(rows.copy())  # a view would hold all others of its minute
            self.heard += len(rows)
            self.grown += len(rows)

    def windows(self, minute: int) -> list[Rows]:
        """Give the spans to look at now, if any: the day that ends with a minute, the last hour."""
        if self.heard < self.due:
            return []
        held = self.rows(minute)
        lately = int(np.searchsorted(held["minute"], minute - HOUR // MINUTE, side="right"))
        self.heard, self.due = 0, max(SOME, (len(held) - lately) // GROWTH)
        windows = [held[lately:]] if lately else []
        if self.grown * SLOWLY >= len(held):
            self.grown = 0
            windows.insert(0, held)
        return [rows for rows in windows if len(rows) >= FEWEST]

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
        self._hour = 0  # in which what is older than a day was last forgotten everywhere

    def look(self, pairs: Rows) -> Iterator[Look]:
        """Take the pairs of minutes that are over, rising; look wherever enough is new."""
        by = ("picture", "network", "habit", "minute")  # the last counts first
        pairs = pairs[np.lexsort([pairs[name] for name in by])]
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
            windows = kept.windows(minute)
            found = [sizes for span in windows for sizes in measured(span, self._usual)]
            if found:
                yield Look(minute, Sizes.join(found), kept.grown == 0)

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
            self._usual = float(meetings.met[0] / max(meetings.chances[0], 1.0))

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        every = [(-1, self._ordinary), *sorted(self._kept.items())]
        parts = [np.concatenate([np.zeros(0, PAIR), *kept.parts]) for _, kept in every]
        told = [(habit, kept.heard, kept.due, kept.grown, len(part)) for (habit, kept), part in
                zip(every, parts, strict=True)]  # fmt: skip
        return {
            "pairs": np.concatenate(parts),
            "kept": np.array(told, np.int64).reshape(-1, 5),
            "usual": np.array([self._usual]),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._usual = float(state["usual"][0])
        self._kept, begins = {}, 0
        for habit, heard, due, grown, count in state["kept"].tolist():
            kept = Kept([state["pairs"][begins : begins + count].astype(PAIR)], heard, due, grown)
            begins += count
            if habit < 0:
                self._ordinary = kept
            else:
                self._kept[habit] = kept


def is_ordinary(habits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which habits are those of ordinary visitors."""
    told: NDArray[np.bool_] = (habits & np.uint8(ORDINARY | STRANGE)) == np.uint8(ORDINARY)
    return told


def _cut(rows: Rows, by: NDArray[np.generic]) -> list[Rows]:
    """Cut rows where a column that does not fall changes."""
    if not len(rows):
        return []
    return np.split(rows, np.flatnonzero(by[1:] != by[:-1]) + 1)
