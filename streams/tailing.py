"""Tailing: read topics from some time ago to their ends, and go on as more comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from kafka import KafkaConsumer, TopicPartition

from streams.broker import kafka_python
from streams.producer import ANSWER
from streams.watching import Told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.infrastructure import Broker

COUNTED = "access-log"  # of which nobody needs to read more than how much there is


class Tail:
    """All partitions of some topics, read by nobody else's leave: without a consumer group."""

    def __init__(self, broker: Broker, since: Mapping[str, float]) -> None:
        """Read topics from so many seconds since 1970 on; 0: from their beginning.

        Raises KafkaError where no broker answers, ValueError where the settings are wrong or a
        topic is missing.
        """
        self._order = list(since)
        self._consumer = KafkaConsumer(
            **kafka_python(broker), enable_auto_commit=False, bootstrap_timeout_ms=ANSWER
        )
        self._counted = self._places(COUNTED)
        places = [place for topic in since for place in self._places(topic)]
        self._consumer.assign(places)
        self._ends = self._consumer.end_offsets(places)
        times = {place: int(since[place.topic] * 1000) for place in places}
        for place, found in self._consumer.offsets_for_times(times).items():
            self._consumer.seek(place, self._ends[place] if found is None else found.offset)

    def __enter__(self) -> Self:
        """Be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the broker."""
        self._consumer.close()

    @property
    def caught_up(self) -> bool:
        """Tell whether all was read that was there at the start."""
        return all(self._consumer.position(place) >= end for place, end in self._ends.items())

    def take(self, wait: float) -> list[Told]:
        """Give what has come, in the order of the topics; wait so many seconds for the first."""
        found = self._consumer.poll(timeout_ms=int(wait * 1000))
        return [
            Told(record.topic, record.key, record.value, record.timestamp)
            for place in sorted(found, key=lambda place: self._order.index(place.topic))
            for record in found[place]
        ]

    def count(self) -> int:
        """Count the messages that access-log has ever had."""
        return sum(self._consumer.end_offsets(self._counted).values())

    def _places(self, topic: str) -> list[TopicPartition]:
        numbers = self._consumer.partitions_for_topic(topic)
        if not numbers:
            msg = f"no topic {topic}: run `hedgerow topics create`"
            raise ValueError(msg)
        return [TopicPartition(topic, number) for number in sorted(numbers)]
