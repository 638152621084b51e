"""Reading: partitions read outside of the group, from wherever, as often as one likes."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.broker import aiokafka

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from streams.infrastructure import Broker

FETCH = 8 << 20  # bytes a partition; what is larger comes alone
# Milliseconds that the broker keeps a question for which it has no records. Whoever goes elsewhere
# meanwhile waits for its end; whoever follows asks that much more seldom.
BRIEF, LONG = 10, 500


@asynccontextmanager
async def connected(broker: Broker, wait: int = BRIEF) -> AsyncIterator[AIOKafkaConsumer]:
    """Open a connection to read by; *wait* is BRIEF to read here and there, LONG to follow."""
    consumer = AIOKafkaConsumer(
        **aiokafka(broker),
        enable_auto_commit=False,
        max_partition_fetch_bytes=FETCH,
        fetch_max_wait_ms=wait,
    )
    try:
        await consumer.start()
        yield consumer
    finally:
        await consumer.stop()


@asynccontextmanager
async def reader(
    broker: Broker, topic: str, partition: int, wait: int = BRIEF
) -> AsyncIterator[Reader]:
    """Open a partition; *wait* as in `connected`."""
    async with connected(broker, wait) as consumer:
        place = TopicPartition(topic, partition)
        consumer.assign([place])
        yield Reader(consumer, place)


async def ends(broker: Broker, topic: str, partitions: Iterable[int]) -> dict[int, int]:
    """Ask, with a connection made for it, for the next offset of some partitions."""
    async with connected(broker) as consumer:
        found = await consumer.end_offsets([TopicPartition(topic, each) for each in partitions])
    return {place.partition: end for place, end in found.items()}


class Reader:
    """One partition, read at will."""

    def __init__(self, consumer: AIOKafkaConsumer, place: TopicPartition) -> None:
        """Read with this consumer, to which the partition is assigned."""
        self._consumer, self._place = consumer, place

    async def ends(self) -> tuple[int, int]:
        """Tell the first offset that is kept, and the next that will be given."""
        first = await self._consumer.beginning_offsets([self._place])
        last = await self._consumer.end_offsets([self._place])
        return first[self._place], last[self._place]

    async def between(self, start: int, stop: int) -> AsyncIterator[Any]:
        """Yield the records from offset *start* on, up to and without *stop*."""
        if start >= stop:
            return
        self._consumer.seek(self._place, start)
        while await self._consumer.position(self._place) < stop:
            fetched = await self._consumer.getmany(self._place, timeout_ms=1000)
            for record in fetched.get(self._place, ()):
                if record.offset < stop:
                    yield record

    async def follow(self, start: int) -> AsyncIterator[Sequence[Any]]:
        """Yield records from offset *start* on as they come, for ever; perhaps none."""
        self._consumer.seek(self._place, start)
        while True:
            fetched = await self._consumer.getmany(self._place, timeout_ms=1000)
            yield fetched.get(self._place, ())
