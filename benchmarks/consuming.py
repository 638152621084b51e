"""Consuming: what a Kafka client takes to read a topic to its end and count its lines.

`python -m benchmarks.consuming aiokafka|confluent BOOTSTRAP TOPIC`
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from aiokafka import AIOKafkaConsumer
from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_ONCE = 5000  # messages
PATIENCE = 1.0  # seconds
FETCH = 1 << 20  # bytes of a partition, as a worker


def lines_in(values: Iterable[bytes]) -> int:
    """Count lines; the last of a message may lack its newline."""
    return sum(value.count(b"\n") + (not value.endswith(b"\n")) for value in values)


async def by_aiokafka(bootstrap: str, topic: str) -> int:
    """Read by aiokafka, by the fetch."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=bootstrap,
        max_partition_fetch_bytes=FETCH,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    ends = await consumer.end_offsets(consumer.assignment())
    counted = 0
    left = {place for place, end in ends.items() if end}
    while left:
        for place, records in (await consumer.getmany(*left, timeout_ms=1000)).items():
            counted += lines_in(record.value for record in records)
            if records[-1].offset + 1 >= ends[place]:
                left.discard(place)
    await consumer.stop()
    return counted


def by_confluent(bootstrap: str, topic: str) -> int:
    """Read by confluent-kafka, many messages at a time."""
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "count"})
    numbers = consumer.list_topics(topic).topics[topic].partitions
    consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in numbers])
    wanted = sum(consumer.get_watermark_offsets(TopicPartition(topic, n))[1] for n in numbers)
    read = counted = 0
    while read < wanted:
        messages = consumer.consume(AT_ONCE, PATIENCE)
        read += len(messages)
        counted += lines_in(message.value() or b"" for message in messages)
    consumer.close()
    return counted


if __name__ == "__main__":
    client, *where = sys.argv[1:]
    print(by_confluent(*where) if client == "confluent" else asyncio.run(by_aiokafka(*where)))
