"""Rereading: read all that a topic holds, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafka import KafkaConsumer, TopicPartition

from streams.broker import kafka_python
from streams.producer import ANSWER

if TYPE_CHECKING:
    from streams.infrastructure import Broker


def all_of(broker: Broker, topic: str) -> list[bytes]:
    """Give the values of its records, in the order of each partition; raises KafkaError."""
    return [value for value, _ in recorded(broker, topic)]


def recorded(broker: Broker, topic: str) -> list[tuple[bytes, int]]:
    """Give values as `all_of` does, with their timestamps in milliseconds."""
    consumer = KafkaConsumer(**kafka_python(broker), bootstrap_timeout_ms=ANSWER)
    try:
        places = [TopicPartition(topic, p) for p in consumer.partitions_for_topic(topic) or ()]
        consumer.assign(places)
        consumer.seek_to_beginning()
        ends = consumer.end_offsets(places)
        found: list[tuple[bytes, int]] = []
        while any(consumer.position(place) < end for place, end in ends.items()):
            for records in consumer.poll(timeout_ms=1000).values():
                found += [(record.value or b"", record.timestamp) for record in records]
    finally:
        consumer.close()
    return found
