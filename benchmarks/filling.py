"""Filling: put a log into a topic as shippers do, quicker than they."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confluent_kafka import Producer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOPIC = "access-log"
LARGEST = 256 << 10  # bytes of a message with many lines
CONFIGURATION = {
    "compression.type": "zstd",
    "linger.ms": 20,
    "batch.size": 1_000_000,
    "message.max.bytes": 2_000_000,
    "queue.buffering.max.messages": 200_000,
}


def fill(bootstrap: str, messages: Iterable[bytes], partitions: int) -> None:
    """Send messages to the partitions in turn; all are with the broker afterwards."""
    producer = Producer({"bootstrap.servers": bootstrap, **CONFIGURATION})
    for number, message in enumerate(messages):
        while True:
            try:
                producer.produce(TOPIC, message, partition=number % partitions)
                break
            except BufferError:
                producer.poll(0.1)
    producer.flush()


def many(data: bytes) -> Iterator[bytes]:
    """Cut a log into messages of many lines."""
    start = 0
    while start < len(data):
        stop = data.rfind(b"\n", start, start + LARGEST) + 1
        yield data[start:stop]
        start = stop


def single(data: bytes) -> list[bytes]:
    """Cut a log into messages of one line, without its newline."""
    return data.splitlines()
