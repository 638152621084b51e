"""The publishing agent: what is in force in, Redis out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from streams.agents.reading import reader
from streams.agents.stateless import Stateless
from streams.metering import leave_projection
from streams.posted import Posted
from streams.projecting import Projection, connected

if TYPE_CHECKING:
    from streams.agents.bulk import Bulk
    from streams.agents.tools import Tools
    from streams.wire.summaries import Summary

LOOK = 0.5  # seconds between two looks at what has ended


class PublishingAgent(Stateless):
    """Keeps Redis as the block list is; the whole of it is read again at each start."""

    name: ClassVar[str] = "publishing"
    topics: ClassVar[tuple[str, ...]] = ("blocklist",)

    def __init__(self, tools: Tools) -> None:
        """Write nothing yet."""
        super().__init__()
        self._tools = tools
        self._posted = Posted()
        self._projection: Projection | None = None
        self._keeping: asyncio.Task[None] | None = None

    async def take_up(self, partition: int) -> None:
        """Begin anew, and write once all of it was read."""
        self.leave(partition)
        self._posted = Posted()
        async with reader(self._tools.settings.broker, self.topics[0], partition) as records:
            first, self._after = await records.ends()
            async for record in records.between(first, self._after):
                now = self._tools.now()
                self._posted.hear(record.key, record.value, record.timestamp, now)
        client = connected(self._tools.settings.redis)
        self._projection = Projection(client, self._posted, self._tools.meters, self._tools.now)
        self._keeping = asyncio.create_task(self._projection.keep())

    def leave(self, partition: int) -> None:  # noqa: ARG002 - there is one
        """Write no more: another worker does."""
        if self._keeping:
            self._keeping.cancel()
        self._projection = self._keeping = None
        leave_projection(self._tools.meters, "redis")

    async def handle(self, bulk: Bulk) -> None:
        """Take entries and tombstones."""
        now = self._tools.now()
        for record in bulk.records:
            news = self._posted.hear(record.key, record.value, record.timestamp, now)
            self._after = record.offset + 1
            if self._projection:
                self._projection.hear(news)

    async def learn(self, summary: Summary) -> None:
        """Have no use for it."""

    async def run(self) -> None:
        """Let what has ended end."""
        while True:
            await asyncio.sleep(LOOK)
            news = self._posted.expire(self._tools.now())
            if self._projection:
                self._projection.hear(news)
