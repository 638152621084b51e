"""Subscription: read the whole `blocklist` topic and go on reading, without a consumer group.

Every reader needs all of it, so none shares it: each reads all partitions from their beginning and
knows that it has caught up when it stands where they ended.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from streams.broker import aiokafka

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from streams.infrastructure import Broker
    from streams.posted import News, Posted

    Hear = Callable[[Iterable[News]], None]

TOPIC = "blocklist"
WAIT = 200  # milliseconds for records to come, at most; entries end meanwhile
CHECK = 1.0  # seconds between two questions to the broker where the topic ends
PATIENCE = 3.0  # seconds in which it answers, or is held to be away
AGAIN = 1.0  # seconds until the next attempt to connect
TROUBLES = (KafkaError, OSError, TimeoutError)


class Subscription:
    """Keeps a `Posted` current and passes on what changes."""

    def __init__(
        self, broker: Broker, posted: Posted, now: Callable[[], float], topic: str = TOPIC
    ) -> None:
        """Read for *posted*; *now* gives seconds since 1970 by the clock."""
        self.broker, self.posted, self.now, self.topic = broker, posted, now, topic
        self.current = 0.0  # when it last knew all of it; 0: never
        self.hearers: list[Hear] = []

    @property
    def knows(self) -> bool:
        """Tell whether it ever knew all of it."""
        return self.current > 0

    async def keep(self) -> None:
        """Read until cancelled; while the broker is away, what is known holds until it ends."""
        while True:
            reading = asyncio.create_task(self._read())
            try:
                while not reading.done():
                    await asyncio.wait({reading}, timeout=WAIT / 1000)
                    self._pass_on(self.posted.expire(self.now()))
                with suppress(*TROUBLES):
                    reading.result()
            finally:
                reading.cancel()
                await asyncio.gather(reading, return_exceptions=True)
            await asyncio.sleep(AGAIN)

    async def _read(self) -> None:
        consumer = AIOKafkaConsumer(
            self.topic,
            **aiokafka(self.broker),
            auto_offset_reset="earliest",
            enable_auto_commit=False,
        )
        try:
            await consumer.start()
            checking = asyncio.create_task(self._check(consumer))
            try:
                while not checking.done():
                    await self._take(consumer)
                checking.result()
            finally:
                checking.cancel()
                await asyncio.gather(checking, return_exceptions=True)
        finally:
            await consumer.stop()

    async def _take(self, consumer: AIOKafkaConsumer) -> None:
        for records in (await consumer.getmany(timeout_ms=WAIT)).values():
            now = self.now()
            heard = (self.posted.hear(r.key, r.value, r.timestamp, now) for r in records)
            self._pass_on([news for each in heard for news in each])  # together: it costs less

    async def _check(self, consumer: AIOKafkaConsumer) -> None:
        """Ask now and then whether there is more than was read."""
        while True:
            with suppress(*TROUBLES):
                async with asyncio.timeout(PATIENCE):
                    if await has_all(consumer):
                        self.current = self.now()
            await asyncio.sleep(CHECK if self.knows else WAIT / 1000)

    def _pass_on(self, news: list[News]) -> None:
        for hear in self.hearers if news else ():
            hear(news)


async def has_all(consumer: AIOKafkaConsumer) -> bool:
    """Tell whether a consumer has read all that is there."""
    partitions = consumer.assignment()
    if not partitions:
        return False
    ends = await consumer.end_offsets(partitions)
    read = [await consumer.position(partition) >= end for partition, end in ends.items()]
    return all(read)
