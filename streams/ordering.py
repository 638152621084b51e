"""Ordering: hand a person's order to the broker, and read what people ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafka import KafkaConsumer, TopicPartition

from streams.broker import kafka_python
from streams.producer import ANSWER, let_go, producer
from streams.records import ENCODER
from streams.wire.orders import read_order

if TYPE_CHECKING:
    from streams.infrastructure import Broker
    from streams.wire.orders import OrderRecord

TOPIC = "orders"
PATIENCE = 10  # seconds in which the broker takes an order, or we say that it did not


def send(broker: Broker, order: OrderRecord, topic: str = TOPIC) -> None:
    """Have an order written down by all brokers that keep it.

    Raises KafkaError where they do not, and ValueError where the settings are wrong.
    """
    keep(broker, topic, order.id, ENCODER.encode(order))


def keep(broker: Broker, topic: str, key: str, record: bytes) -> None:
    """Have a record written down, as `send` does an order."""
    writing = producer(broker, None)
    try:
        writing.send(topic, record, key.encode()).get(timeout=PATIENCE)
    finally:
        let_go(writing)


def orders(broker: Broker, topic: str = TOPIC) -> list[OrderRecord]:
    """List all orders, the oldest first; what nobody can read is left out."""
    found = [order for value, _ in recorded(broker, topic) if (order := readable(value))]
    return sorted(found, key=lambda order: order.at)


def recorded(broker: Broker, topic: str) -> list[tuple[bytes, int]]:
    """Read all records of a topic, with their timestamps in milliseconds; no tombstones."""
    consumer = KafkaConsumer(**kafka_python(broker), bootstrap_timeout_ms=ANSWER)
    try:
        places = [TopicPartition(topic, p) for p in consumer.partitions_for_topic(topic) or ()]
        consumer.assign(places)
        consumer.seek_to_beginning()
        ends = consumer.end_offsets(places)
        found: list[tuple[bytes, int]] = []
        while any(consumer.position(place) < end for place, end in ends.items()):
            for records in consumer.poll(timeout_ms=1000).values():
                found += [(each.value, each.timestamp) for each in records if each.value]
    finally:
        consumer.close()
    return found


def readable(value: bytes | None) -> OrderRecord | None:
    """Read an order, if it is one."""
    try:
        return read_order(value or b"")
    except ValueError:
        return None
