"""Producer: connect to Kafka so that what is written is neither doubled nor disordered."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kafka import KafkaProducer
from kafka.errors import (
    AuthorizationError,
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    SaslAuthenticationFailedError,
    UnsupportedCodecError,
)

from streams.broker import kafka_python

if TYPE_CHECKING:
    from streams.infrastructure import Broker

LARGEST = 2 << 20  # bytes of a message with its frame; the topic allows as much
BATCH = 256 << 10  # bytes that small messages wait together for, at most LINGER
LINGER = 5  # milliseconds
AGAIN = 30_000  # milliseconds for which kafka-python itself tries a message again
ANSWER = 5_000  # milliseconds to wait for a broker, or for word of a topic
CLOSED = 5.0  # seconds for a producer's thread to end

# What another try would not change.
HOPELESS = (
    AuthorizationError,
    InvalidTopicError,
    MessageSizeTooLargeError,
    SaslAuthenticationFailedError,
    UnsupportedCodecError,
)


def producer(broker: Broker, compression: str | None) -> KafkaProducer:
    """Connect; idempotent, so that what it tries again is neither doubled nor disordered.

    Raises ValueError for wrong settings, KafkaError where nobody answers.
    """
    return KafkaProducer(
        **kafka_python(broker),
        acks="all",
        allow_auto_create_topics=False,
        compression_type=compression,
        batch_size=BATCH,
        linger_ms=LINGER,
        max_request_size=LARGEST,
        max_block_ms=ANSWER,
        delivery_timeout_ms=AGAIN,
        request_timeout_ms=AGAIN // 3,
        bootstrap_timeout_ms=ANSWER,
    )


def let_go(producing: KafkaProducer) -> None:
    """End a producer, and drop what it has under way.

    Its own close() raises, before it closes anything, where something is under way, and its thread
    goes on sending. Nothing public makes it stop.
    """
    producing._sender.force_close()  # noqa: SLF001 - see above
    with suppress(KafkaError):
        producing.close(timeout=CLOSED)
