"""Events: tell each subscriber what is in force, then every change (server-sent events).

`snapshot` holds the feed blocklist.json; `add` one entry as it stands there, also in place of a
former one; `remove` only its target and scope. Ids count what changed since this program started.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

import msgspec

from enforcement.standing import Standing
from enforcement.targets import aimed
from feeds.entries import entries, told

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from enforcement.standing import Entry
    from streams.posted import News, Posted

KEPT = 10_000  # changes that a subscriber may have missed and still go on
BEHIND = 10_000  # changes that a subscriber may lag behind, before it is let go
HEART = 10.0  # seconds between two comments that say that we are still there
PIECE = 1 << 16  # bytes written at once
NOTHING = b": nothing new\n\n"


class Ear:
    """What one subscriber has still to be told; it wakes once, however much has come."""

    __slots__ = ("_changes", "_pieces", "woken")

    def __init__(self) -> None:
        """Wait for nothing in particular."""
        self.woken = asyncio.Event()
        self._pieces: list[bytes] = []  # shared by all who are told
        self._changes = 0

    def take(self, said: bytes, changes: int) -> bool:
        """Be told some changes; False where one lags too far behind already."""
        self._changes += changes
        self._pieces.append(said)
        self.woken.set()
        return self._changes <= BEHIND

    def taken(self) -> bytes:
        """Give all that has come."""
        said = b"".join(self._pieces)
        self._pieces.clear()
        self._changes = 0
        self.woken.clear()
        return said


class Hub:
    """Passes news on to whoever listens."""

    def __init__(self, posted: Posted, started: int) -> None:
        """Tell of *posted*; *started* tells this run from others, whose ids mean nothing here."""
        self.posted, self.started = posted, started
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._told = 0  # number of the newest change
        self._ears: set[Ear] = set()
        self._beating: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """Count the subscribers."""
        return len(self._ears)

    def hear(self, news: Iterable[News]) -> None:
        """Pass on what has changed; who cannot follow is let go, and may come again."""
        said: list[bytes] = []
        for key, entry in news:
            self._told += 1
            said.append(self._change(key, entry))
            self._kept.append((self._told, said[-1]))
        self._tell(b"".join(said), len(said))

    async def follow(self, last: str = "") -> AsyncIterator[bytes]:
        """Give all, or what came after the event of id *last*, and then what comes, piecewise.

        It ends when the subscriber is too far behind.
        """
        ear = Ear()
        self._ears.add(ear)
        self._beating = self._beating or self._next_beat()
        try:
            begun = self._missed(last) or await self._snapshot()
            for start in range(0, len(begun), PIECE):
                yield begun[start : start + PIECE]
            while await ear.woken.wait() and ear in self._ears:
                yield ear.taken()
        finally:
            self._ears.discard(ear)

    def _tell(self, said: bytes, changes: int) -> None:
        for ear in [ear for ear in self._ears if not ear.take(said, changes)]:
            self._ears.discard(ear)

    def _beat(self) -> None:
        """Say to all that we are there: one timer, for a timer each costs more than the telling."""
        self._tell(NOTHING, 0)
        self._beating = self._next_beat() if self._ears else None

    def _next_beat(self) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(HEART, self._beat)

    def _missed(self, last: str) -> bytes:
        """Say what came after an event; nothing where that is not known."""
        started, _, number = last.partition("-")
        if started != f"{self.started:x}" or not (number.isascii() and number.isdigit()):
            return b""
        seen, oldest = int(number), self._kept[0][0] if self._kept else self._told + 1
        if not oldest - 1 <= seen <= self._told:
            return b""
        return b"".join(said for at, said in self._kept if at > seen) or NOTHING

    async def _snapshot(self) -> bytes:
        """Say all that is in force now; what comes while it is written waits in the ear."""
        told, held = self._told, self.posted.entries()
        text = await asyncio.to_thread(lambda: entries(Standing.of(held)).rstrip())
        return self._event("snapshot", text, told)

    def _change(self, key: str, entry: Entry | None) -> bytes:
        if entry:
            return self._event("add", msgspec.json.encode(told(entry)), self._told)
        scope, target = aimed(key)
        return self._event(
            "remove", msgspec.json.encode({"target": target, "scope": scope}), self._told
        )

    def _event(self, name: str, text: bytes, number: int) -> bytes:
        """Write an event; JSON has no line ends within."""
        head = b"id: %x-%d\nevent: %s\n" % (self.started, number, name.encode())
        return head + b"data: %s\n\n" % text
