"""Posted: what the `blocklist` topic says is in force now, for whoever passes it on.

An entry ends by the clock, so many seconds after it was written as it said it would last: the
replay of an old log, too, blocks for an hour and not in the past. It needs no tombstone for that.
"""

from __future__ import annotations

import math
from heapq import heappop, heappush
from typing import TYPE_CHECKING, TypeAlias

from enforcement.standing import Standing
from streams.wire.entries import read
from streams.wire.halts import HALT, read_halt

if TYPE_CHECKING:
    from enforcement.standing import Entry

News: TypeAlias = "tuple[str, Entry | None]"  # key, and what holds from now on, if anything


class Posted:
    """Entries by key, and when each ends; hearing a record twice is hearing it once."""

    def __init__(self) -> None:
        """Know of nothing."""
        self.version = 0  # counts what changed
        self.halted = ""  # id of the order by which nothing is in force; "": none
        self.unread = 0  # records that nobody can read; they change nothing
        self._held: dict[str, tuple[Entry, float]] = {}
        self._ends: list[tuple[float, str]] = []  # a heap; of what was replaced, ends stay in it

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._held)

    def get(self, key: str) -> tuple[Entry | None, float]:
        """Give an entry, and when it ends, in seconds since 1970 by the clock."""
        return self._held.get(key, (None, 0.0))

    def hear(self, key: bytes | None, value: bytes | None, at: int, now: float) -> list[News]:
        """Take a record of the topic, written at *at*, milliseconds; give what it changes."""
        try:
            name = (key or b"").decode()
            if name == HALT:
                return self._halt(read_halt(value))
            found = None if value is None else read(value)
        except ValueError:
            self.unread += 1
            return []
        if found and found[0].key != name:
            self.unread += 1
            return []
        if found is None:
            return self.drop(name)
        return self.take(found[0], at / 1000 + found[1], now)

    def take(self, entry: Entry, end: float, now: float) -> list[News]:
        """Hold an entry until its end, in seconds since 1970; give what that changes."""
        name = entry.key
        if end <= now:
            return self.drop(name)
        if self._held.get(name) == (entry, end):
            return []
        self._held[name] = entry, end
        if end < math.inf:
            heappush(self._ends, (end, name))
        self.version += 1
        return [(name, entry)]

    def drop(self, key: str) -> list[News]:
        """Hold nothing about a key any more; give what that changes."""
        if self._held.pop(key, None) is None:
            return []
        self.version += 1
        return [(key, None)]

    def expire(self, now: float) -> list[News]:
        """Drop what has ended at *now*; give what that changes."""
        ended: list[News] = []
        while self._ends and self._ends[0][0] <= now:
            _, key = heappop(self._ends)
            if key in self._held and self._held[key][1] <= now:
                ended += self.drop(key)
        return ended

    def keys(self) -> list[str]:
        """List the keys of what is in force."""
        return list(self._held)

    def entries(self) -> list[Entry]:
        """List what is in force."""
        return [entry for entry, _ in self._held.values()]

    def endings(self) -> list[tuple[Entry, float]]:
        """List what is in force, and when each ends, in seconds since 1970 by the clock."""
        return list(self._held.values())

    def standing(self) -> Standing:
        """Give what is in force as feeds want it; half a second for a hundred thousand entries."""
        return Standing.of(self.entries())

    def _halt(self, order: str) -> list[News]:
        self.version += order != self.halted
        self.halted = order
        return []
