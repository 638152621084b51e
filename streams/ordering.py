"""Ordering: hand a person's order to the broker, and read what people ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.producer import let_go, producer
from streams.records import ENCODER
from streams.rereading import all_of
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
    found = [order for value in all_of(broker, topic) if (order := readable(value))]
    return sorted(found, key=lambda order: order.at)


def readable(value: bytes) -> OrderRecord | None:
    """Read an order, if it is one."""
    try:
        return read_order(value)
    except ValueError:
        return None
