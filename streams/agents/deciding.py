"""The deciding agent: decisions and people's orders in, what is in force out."""

from __future__ import annotations

import asyncio
import logging  # noqa: TID251 - an edge: it runs unattended
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

import msgspec
import numpy as np

from actors.features import MINUTE
from enforcement.decision import Action
from enforcement.moments import seconds
from streams.agents.bookkeeping import Bookkeeping
from streams.agents.outbox import Message
from streams.agents.reading import reader
from streams.deciding import Deciding
from streams.deeds import refused
from streams.metering import count_order, leave_entries, show_entries, show_rails
from streams.run import spared_by
from streams.wire.entries import EntryRecord
from streams.wire.halts import HALT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streams.agents.bulk import Bulk
    from streams.agents.tools import Tools
    from streams.wire.summaries import Summary
    from streams.wire.told import Change

LOG = logging.getLogger("hedgerow")
LOOK = 1.0  # seconds between two looks at what has ended
STATE = "state"  # the only column of its snapshots


class DecidingAgent:
    """Holds what is in force; there is one on the platform."""

    name: ClassVar[str] = "deciding"
    topics: ClassVar[tuple[str, ...]] = ("decisions", "orders")

    def __init__(self, tools: Tools) -> None:
        """Hold nothing yet."""
        self._tools = tools
        self._deciding = self._fresh()
        self._after = dict.fromkeys(self.topics, 0)
        self._safe = dict(self._after)
        self._turn = asyncio.Lock()
        self._active = self._settled = False
        self._ends: dict[str, int] = {}  # up to where each topic was to be read at the start
        self._book = Bookkeeping(tools, self.name)
        self._minute = 0
        self._due = 0.0

    def _fresh(self) -> Deciding:
        settings = self._tools.settings
        return Deciding(spared_by(self._tools.site, settings), settings.rails)

    async def take_up(self, partition: int) -> None:
        """Go on as it stood; learn what was told since, and tell what differs."""
        self._deciding = self._fresh()
        self._deciding.quiet = True  # what is read again was told before; `settle` ends it
        for topic in self.topics:
            async with reader(self._tools.settings.broker, topic, partition) as records:
                self._after[topic], self._ends[topic] = await records.ends()
        found = await self._tools.checkpoints.load(partition, self.name)
        if found:
            self._deciding.restore(found.columns[STATE].tobytes())
            self._after |= {t: max(self._after[t], o) for t, o in found.offsets.items()}
        async with reader(self._tools.settings.broker, "orders", partition) as records:
            async for record in records.between(*await records.ends()):
                with suppress(ValueError):
                    self._deciding.foresee(record.value or b"", record.timestamp)
        async with reader(self._tools.settings.broker, "blocklist", partition) as records:
            async for record in records.between(*await records.ends()):
                self._deciding.recall((record.key or b"").decode("utf-8", "replace"), record.value)
        await self._book.take_up()
        self._safe, self._active, self._settled = dict(self._after), True, False

    def leave(self, partition: int) -> None:  # noqa: ARG002 - there is one
        """Leave it to another worker."""
        self._active = False
        leave_entries(self._tools.meters)

    def next(self, partition: int) -> Mapping[str, int]:  # noqa: ARG002 - there is one
        """Go on behind the last records."""
        return self._after

    def done(self, partition: int) -> Mapping[str, int]:  # noqa: ARG002 - there is one
        """Tell what was handled."""
        return self._after

    def safe(self, partition: int) -> Mapping[str, int]:  # noqa: ARG002 - there is one
        """Tell what a checkpoint covers: it is not needed any more."""
        return self._safe

    def waits(self, partition: int) -> bool:  # noqa: ARG002 - never
        """Wait for nobody."""
        return False

    async def handle(self, bulk: Bulk) -> None:
        """Take decisions, obey orders, tell what changes."""
        async with self._turn:
            take = self._deciding.decide if bulk.topic == "decisions" else self._deciding.order
            for record in bulk.records:
                if record.offset < self._after[bulk.topic]:
                    continue
                outcome = "obeyed"
                try:
                    changes = take(record.value or b"", record.timestamp)
                except ValueError as error:
                    self._tools.meters.failures.labels(self.name).inc()
                    LOG.error("left out a record of %s: %s", bulk.topic, error)  # noqa: TRY400 - the words say all
                    changes, outcome = [], "refused"
                    if bulk.topic == "orders" and self._settled:
                        self._deciding.deeds.append(refused(str(error)))
                await self._tell(changes)
                if self._settled and bulk.topic == "decisions":
                    self._measure(changes)
                elif self._settled:
                    count_order(self._tools.meters, record.value, outcome)
                self._after[bulk.topic] = record.offset + 1
            await self._settle()

    async def learn(self, summary: Summary) -> None:
        """Know what time it is on the site."""
        self._minute = max(self._minute, summary.closed + 1)

    async def run(self) -> None:
        """Let what has ended end, and keep the state."""
        while True:
            await asyncio.sleep(LOOK)
            if not self._active:
                continue
            async with self._turn:
                now = self._tools.now()
                await self._settle()
                await self._tell(self._deciding.clock(self._minute * MINUTE, int(now)))
                self._show()
                if now < self._due or self._after == self._safe:
                    continue
                state, after = self._deciding.state(), dict(self._after)
                column = np.frombuffer(state, np.uint8)
                await self._tools.checkpoints.save(0, self.name, after, {STATE: column})
                self._safe = after
                self._due = now + self._tools.settings.flow.checkpoint

    async def _settle(self) -> None:
        """Once all is read again, take back what holds no more, and say what was never said."""
        left = any(self._after[topic] < end for topic, end in self._ends.items())
        if not self._settled and not left:
            self._settled = True
            await self._tell(self._deciding.settle())

    def _measure(self, changes: Sequence[Change]) -> None:
        now = self._tools.now()
        for key, value in changes:
            if key == HALT:
                continue
            entry = value and msgspec.json.decode(value, type=EntryRecord)
            if entry and entry.action != "pardon":
                delay = max(now - seconds(entry.decided), 0.0)
                self._tools.meters.event_to_blocklist_seconds.observe(delay)

    def _show(self) -> None:
        if not self._active:
            return
        show_rails(self._tools.meters, self._deciding.railing.trips)
        self._tools.meters.halted.set(bool(self._deciding.halted))
        entries = self._deciding.told.entries
        owners = [entry.owners for entry in entries if entry.action is Action.BLOCK]
        show_entries(self._tools.meters, Counter(entry.word for entry in entries), owners)

    async def _tell(self, changes: Sequence[Change]) -> None:
        await self._tools.outbox.put(
            [Message("blocklist", key.encode(), value, 0) for key, value in changes]
        )
        await self._book.write(self._deciding.deeds)
        self._deciding.deeds.clear()
