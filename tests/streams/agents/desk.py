"""A desk as workers have one: a producer to send with; and a look at what then stands there."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from kafka import KafkaConsumer, TopicPartition

from streams.agents.application import application
from streams.agents.outbox import Outbox
from streams.infrastructure import Broker
from streams.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.services.kafka import KafkaBroker


class Desk(NamedTuple):
    """Where a worker sits: what it sends with, and where that goes."""

    place: Broker
    outbox: Outbox


@asynccontextmanager
async def desk(running: KafkaBroker, within: float = 30.0) -> AsyncIterator[Desk]:
    """Sit down; what the broker does not take *within* so many seconds is refused."""
    place = Broker(bootstrap=running.bootstrap)
    app = application(Settings(broker=place))
    app.conf.producer_request_timeout = within
    try:
        yield Desk(place, Outbox(app))
    finally:
        await (await app.maybe_start_producer()).stop()


def standing(running: KafkaBroker, topic: str, partition: int = 0) -> list[Any]:
    """Read what stands in a partition."""
    consumer = KafkaConsumer(bootstrap_servers=running.open_bootstrap, enable_auto_commit=False)
    try:
        place = TopicPartition(topic, partition)
        consumer.assign([place])
        consumer.seek_to_beginning(place)
        end, records = consumer.end_offsets([place])[place], []
        while consumer.position(place) < end:
            records += [r for some in consumer.poll(500).values() for r in some]
        return records
    finally:
        consumer.close()
