"""Kept: the newest pairs of one habit, in order of time, and how many are new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np

from actors.features import DAY, MINUTE
from actors.pairs import PAIR

if TYPE_CHECKING:
    from actors.meetings import Rows

KEPT = 1 << 16  # pairs of each habit, the newest; 34 bytes each
SOME = 16  # pairs below which a look is not worth while
ROOM = KEPT // 4  # places left free at most when pairs move, so that they seldom do


class Kept:
    """The newest pairs of one habit.

    What is counted from may have been forgotten: such a place is below that of the first pair.
    """

    def __init__(self) -> None:
        """Keep nothing."""
        self._rows: Rows = np.zeros(0, PAIR)
        self._first, self._end = 0, 0  # places that are used
        self._looked, self._surveyed = 0, 0  # places up to which was looked; at a whole day
        self._due = SOME  # new pairs at which the next look is taken

    @classmethod
    def of(cls, rows: Rows, counted: tuple[int, int, int]) -> Self:
        """Take up again what `newest` and `counted` told."""
        kept = cls()
        kept._rows, kept._end = rows, len(rows)
        heard, kept._due, grown = counted
        kept._looked, kept._surveyed = len(rows) - heard, len(rows) - grown
        return kept

    @property
    def newest(self) -> Rows:
        """Give what is kept; pairs beyond KEPT are never looked at again."""
        return self._rows[max(self._first, self._end - KEPT) : self._end]

    @property
    def counted(self) -> tuple[int, int, int]:
        """Count the pairs since the last look, when the next is due, and since a whole day's."""
        return self._end - self._looked, self._due, self._end - self._surveyed

    def add(self, rows: Rows) -> None:
        """Take the pairs of minutes that are over, rising."""
        if self._end + len(rows) > len(self._rows):
            self._move(len(rows))
        self._rows[self._end : self._end + len(rows)] = rows
        self._end += len(rows)

    @property
    def is_due(self) -> bool:
        """Tell whether enough is new for a look."""
        return self._looked + self._due <= self._end

    @property
    def due_at(self) -> int:
        """Tell the minute with which enough is new."""
        return int(self._rows["minute"][self._looked + self._due - 1])

    def day(self, minute: int) -> Rows:
        """Give what is kept of the day that ends with a minute."""
        end = self._until(minute)
        return self._rows[max(self._until(minute - DAY // MINUTE), end - KEPT) : end]

    def grown(self, minute: int) -> int:
        """Count the pairs up to a minute since a whole day was looked at."""
        return self._until(minute) - self._surveyed

    def looked(self, minute: int, due: int, *, whole: bool) -> None:
        """Know that pairs up to a minute were looked at, and that the next look is *due*."""
        self._looked, self._due = self._until(minute), due
        if whole:
            self._surveyed = self._looked

    def forget(self, minute: int) -> None:
        """Forget what is older than the day that ends with a minute."""
        self._first = self._until(minute - DAY // MINUTE)
        if self._end - self._first < len(self._rows) // 2:
            self._move(0)

    def _until(self, minute: int) -> int:
        """Find the place after the pairs up to a minute."""
        minutes = self._rows["minute"][self._first : self._end]
        return self._first + int(np.searchsorted(minutes, minute, side="right"))

    def _move(self, more: int) -> None:
        """Move what is kept to the front of new room, for some *more*."""
        held = self.newest
        gone = self._end - len(held)
        needed = len(held) + more
        self._rows = np.empty(needed + min(needed, ROOM), PAIR)
        self._rows[: len(held)] = held
        self._first, self._end = 0, len(held)
        self._looked, self._surveyed = self._looked - gone, self._surveyed - gone
