"""Rereading: read all that a topic holds, or the newest of it, once."""

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


def recorded(broker: Broker, topic: str, newest: int | None = None) -> list[tuple[bytes, int]]:
    """Give values as `all_of` does, with their timestamps in milliseconds.

    Of each partition the *newest* ones, or all. A topic that is missing holds nothing.
    """
    consumer = KafkaConsumer(
        **kafka_python(broker), bootstrap_timeout_ms=ANSWER, allow_auto_create_topics=False
    )
    try:
        places = [TopicPartition(topic, p) for p in consumer.partitions_for_topic(topic) or ()]
        consumer.assign(places)
        ends, firsts = consumer.end_offsets(places), consumer.beginning_offsets(places)
        for place, end in ends.items():
            first = firsts[place]
            consumer.seek(place, first if newest is None else max(end - newest, first))
        found: list[tuple[bytes, int]] = []
        while any(consumer.position(place) < end for place, end in ends.items()):
            for records in consumer.poll(timeout_ms=1000).values():
                found += [(record.value or b"", record.timestamp) for record in records]
    finally:
        consumer.close()
    return found
