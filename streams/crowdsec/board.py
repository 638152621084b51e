"""Board: what CrowdSec's bouncers are told now, and when each word last changed.

Changes are numbered, so whoever was told up to a number is told what came after it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from enforcement.cover import joined, span
from enforcement.targets import is_place
from streams.crowdsec.remedy import remedies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from enforcement.cover import Span
    from enforcement.standing import Entry
    from streams.crowdsec.remedy import Remedy
    from streams.posted import News, Posted

KEPT = 300_000  # changes; chosen: three times the longest list that bouncers are asked to bear
WEEK = 7 * 86_400  # seconds; what lasts longer is told as one to two weeks, and again in time:
# ipset takes no timeout beyond 24 days


class Change(NamedTuple):
    """When a word last changed."""

    number: int
    former: Remedy | None  # the last that was told before; None: there was none


class Board:
    """Hears the news; `current` before it is read."""

    def __init__(self, posted: Posted, now: Callable[[], float]) -> None:
        """Tell what *posted* holds; *now* gives seconds since 1970 by the clock."""
        self.posted, self.now = posted, now
        self.number = 0  # of the newest change
        self.oldest = 0  # changes up to this number may be forgotten
        self.told: dict[str, Remedy] = {}
        self.changes: dict[str, Change] = {}  # the newest last
        self._entries: dict[str, tuple[Remedy, ...]] = {}  # key of an entry → what it says
        self._claims: dict[str, tuple[Remedy, ...]] = {}  # name → what entries say of it
        self._pardons: dict[str, Span] = {}
        self._holes: Sequence[Span] = ()
        self._week = int(now()) // WEEK
        self._stale = False  # pardons or weeks changed, so any entry may say something else

    def hear(self, news: Iterable[News]) -> None:
        """Take what has changed of what is in force."""
        for key, entry in news:
            spares = entry is not None and entry.action is None
            if spares or key in self._pardons:
                self._spare(key, spares=spares)
            self._say(key, None if spares else entry)

    def current(self) -> None:
        """Heed pardons and weeks that came; a second at most for a hundred thousand entries."""
        week = int(self.now()) // WEEK
        if not self._stale and week == self._week:
            return
        self._stale, self._week = False, week
        self._holes = joined(self._pardons.values())
        for key in self.posted.keys():  # noqa: SIM118 - no dictionary
            entry, _ = self.posted.get(key)
            if entry and entry.action is not None:
                self._say(key, entry)

    def since(self, number: int) -> Iterator[tuple[str, Change]]:
        """Give what changed after a number, the newest first."""
        for name, change in reversed(self.changes.items()):
            if change.number <= number:
                return
            yield name, change

    def resume(self, number: int, told: dict[str, Remedy], changes: dict[str, Change]) -> None:
        """Go on from what was told before, up to a *number*: only what differs has changed."""
        now, heard = self.told, self.changes
        self.number, self.told, self.changes = number, told, changes
        for name in [*told.keys() - now.keys(), *now.keys()]:
            self._tell(name, now.get(name))
        for name, change in heard.items():  # gone already, but the topic still knew of it
            if change.former and name not in now and name not in changes:
                self.number += 1
                changes[name] = Change(self.number, change.former)

    def _spare(self, key: str, *, spares: bool) -> None:
        if spares and is_place(key):
            self._pardons[key] = span(key)
        else:
            self._pardons.pop(key, None)
        self._stale = True

    def _say(self, key: str, entry: Entry | None) -> None:
        """Put what an entry says in the place of what it said before."""
        end = min(self.posted.get(key)[1], (self._week + 2) * WEEK)
        wanted = remedies(entry, math.floor(end), self._holes) if entry else ()
        former = self._entries.get(key, ())
        if wanted == former:
            return
        if wanted:
            self._entries[key] = wanted
        else:
            del self._entries[key]
        for remedy in former:
            left = list(self._claims.pop(remedy.name))
            left.remove(remedy)
            if left:
                self._claims[remedy.name] = tuple(left)
        for remedy in wanted:
            self._claims[remedy.name] = (*self._claims.get(remedy.name, ()), remedy)
        for name in dict.fromkeys(remedy.name for remedy in (*former, *wanted)):
            claims = self._claims.get(name, ())
            self._tell(name, max(claims, key=lambda remedy: remedy.strength, default=None))

    def _tell(self, name: str, remedy: Remedy | None) -> None:
        former = self.told.get(name)
        if remedy == former:
            return
        if remedy is None:
            del self.told[name]
        else:
            self.told[name] = remedy
        before = self.changes.pop(name, None)
        self.number += 1
        self.changes[name] = Change(self.number, former or (before.former if before else None))
        if len(self.changes) > KEPT:
            self.oldest = self.changes.pop(next(iter(self.changes))).number
