"""Cohorts: visitors who come by pictures in the same way, remembered for a day, over all shards."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actors.features import HOUR, MINUTE
from actors.kept import SOME, Kept
from actors.meetings import FEWEST, Meetings, Sizes, measured
from actors.pairs import PAIR, Habits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from actors.meetings import Rows

# How ordinary visitors come by pictures: through pages, drawn, which their browser names.
ORDINARY = Habits.PAGED | Habits.DREW
STRANGE = Habits.UNREFERRED | Habits.ROOTED | Habits.UNNAMED
GROWTH = 4  # a cohort is looked at again once it grew by a quarter of its last hour; chosen
SLOWLY = 16  # … its whole day once that grew by a sixteenth; chosen: looking takes time
EDGED = int(Habits.EDGED)  # … behind edges: a named browser that tells the page; a cohort, too
READERS = -1  # all ordinary visitors, in place of a habit; looked at before the others


class Look(NamedTuple):
    """One look at the cohorts of one habit."""

    minute: int  # since 1970 UTC; all pairs up to its end are in
    sizes: Sizes
    whole: bool = True  # a day was looked at, not only its last hour


class CohortLedger:
    """Remembers the pairs of the whole site for a day, by habit, in bounded memory."""

    def __init__(self, least: float = 0.0) -> None:
        """Know nobody; look at cohorts that are expected to meet as often as *least*."""
        self._least = least
        self._kept: dict[int, Kept] = {READERS: Kept()}
        self._usual = {False: 0.0, True: 0.0}  # K of ordinary visitors, by whether behind edges
        self._hour = 0  # in which what is older than a day was last forgotten everywhere

    def look(self, pairs: Rows) -> Iterator[Look]:
        """Take the pairs of minutes that are over, rising; look wherever enough is new."""
        if not len(pairs):
            return
        for habit, rows in _by_habit(pairs):
            self._kept.setdefault(habit, Kept()).add(rows)
        due = [(kept.due_at, habit) for habit, kept in self._kept.items() if kept.is_due]
        heapify(due)
        while due:
            minute, habit = heappop(due)
            kept = self._kept[habit]
            if habit == READERS:
                day = kept.day(minute)
                kept.looked(minute, max(SOME, len(day) // (2 * GROWTH)), whole=True)
                self._usual[False] = usual(day)
            else:
                yield from self._habit(habit, minute, kept)
            if kept.is_due:
                heappush(due, (kept.due_at, habit))
        self._forget(int(pairs["minute"].max()))

    def day(self, habit: int, minute: int) -> Rows:
        """Give the pairs (pairs,) of a habit, or of READERS, in the day that ends with a minute."""
        return self._kept[habit].day(minute) if habit in self._kept else np.zeros(0, PAIR)

    def _habit(self, habit: int, minute: int, kept: Kept) -> Iterator[Look]:
        """Look at the day that ends with a minute, if it grew enough, and at its last hour.

        Behind edges only at days: in an hour one person who is spread over them weighs too much.
        """
        day, edged = kept.day(minute), habit & EDGED != 0
        lately = int(np.searchsorted(day["minute"], minute - HOUR // MINUTE, side="right"))
        whole = kept.grown(minute) * SLOWLY >= len(day)
        kept.looked(minute, max(SOME, (len(day) - lately) // GROWTH), whole=whole)
        if habit == EDGED and whole:
            self._usual[True] = usual(day)
        windows = [day] if whole else []
        windows += [day[lately:]] if lately and not edged else []
        large = [rows for rows in windows if len(rows) >= FEWEST]
        known = self._usual[edged]
        found = [sizes for rows in large for sizes in measured(rows, known, self._least)]
        if found:
            yield Look(minute, Sizes.join(found), whole)

    def _forget(self, minute: int) -> None:
        """Once an hour, forget what is a day old, also where nothing new comes to be looked at."""
        if minute // (HOUR // MINUTE) != self._hour:
            self._hour = minute // (HOUR // MINUTE)
            for kept in self._kept.values():
                kept.forget(minute)

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        every = sorted(self._kept.items())
        parts = [kept.newest for _, kept in every]
        told = [(habit, *kept.counted, len(part)) for (habit, kept), part in
                zip(every, parts, strict=True)]  # fmt: skip
        return {
            "pairs": np.concatenate(parts),
            "kept": np.array(told, np.int64),
            "usual": np.array([self._usual[False], self._usual[True]]),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._usual = dict(zip((False, True), state["usual"].tolist(), strict=True))
        begins = 0
        for habit, heard, due, grown, count in state["kept"].tolist():
            rows = state["pairs"][begins : begins + count].astype(PAIR)
            self._kept[habit] = Kept.of(rows, (heard, due, grown))
            begins += count


def usual(pairs: Rows) -> float:
    """Tell how often ordinary visitors meet, by all the pairs of theirs, minutes rising: K."""
    meetings = Meetings.of_all(pairs)
    return float(meetings.met[0] / max(meetings.chances[0], 1.0))


def is_ordinary(habits: NDArray[np.uint8 | np.uint16]) -> NDArray[np.bool_]:
    """Tell which habits are those of ordinary visitors."""
    told: NDArray[np.bool_] = (habits & np.uint8(ORDINARY | STRANGE)) == np.uint8(ORDINARY)
    return told


def _by_habit(pairs: Rows) -> list[tuple[int, Rows]]:
    """Sort pairs by habit and time; the same, however they come."""
    habit = pairs["habit"].astype(np.int64)
    habit[is_ordinary(pairs["habit"])] = READERS
    when = (habit << np.int64(32)) | pairs["minute"]
    which = (pairs["network"].astype(np.uint64) << np.uint64(32)) | pairs["picture"]
    order = np.lexsort((which, when))
    habit = habit[order]
    cuts = np.flatnonzero(habit[1:] != habit[:-1]) + 1
    names = habit[[0, *cuts]].tolist()
    return list(zip(names, np.split(pairs[order], cuts), strict=True))
