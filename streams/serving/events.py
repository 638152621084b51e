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
HEART = 10.0  # seconds of silence until a comment says that we are still there
PIECE = 1 << 16  # bytes written at once
NOTHING = b": nothing new\n\n"


class Hub:
    """Passes news on to whoever listens."""

    def __init__(self, posted: Posted, started: int) -> None:
        """Tell of *posted*; *started* tells this run from others, whose ids mean nothing here."""
        self.posted, self.started = posted, started
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._told = 0  # number of the newest change
        self._queues: set[asyncio.Queue[bytes]] = set()

    def __len__(self) -> int:
        """Count the subscribers."""
        return len(self._queues)

    def hear(self, news: Iterable[News]) -> None:
        """Pass on what has changed; who cannot follow is let go, and may come again."""
        for key, entry in news:
            self._told += 1
            said = self._change(key, entry)
            self._kept.append((self._told, said))
            for queue in list(self._queues):
                if queue.qsize() >= BEHIND:
                    self._queues.discard(queue)
                else:
                    queue.put_nowait(said)

    async def follow(self, last: str = "") -> AsyncIterator[bytes]:
        """Give all, or what came after the event of id *last*, and then what comes, piecewise.

        It ends when the subscriber is too far behind.
        """
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._queues.add(queue)
        try:
            begun = self._missed(last) or await self._snapshot()
            for start in range(0, len(begun), PIECE):
                yield begun[start : start + PIECE]
            while queue in self._queues:
                try:
                    yield await asyncio.wait_for(queue.get(), HEART)
                except TimeoutError:
                    yield NOTHING
        finally:
            self._queues.discard(queue)

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
        """Say all that is in force now; what comes while it is written stands in the queue."""
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
