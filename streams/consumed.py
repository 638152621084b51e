"""Consumed: what a topic holds now, read as if each partition were a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from access.lines import Chunk
from access.payloads import unfold
from streams.broker import kafka_python
from streams.producer import ANSWER
from streams.sources import CHUNK, LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from streams.infrastructure import Broker

WAIT = 1_000  # milliseconds that one look waits for records
IDLE = 30  # looks without a record, though there are some, before it is given up


@dataclass(slots=True)
class Consumed:
    """One partition, from an offset up to where it ended when it was looked at."""

    name: str
    broker: Broker
    place: Any  # TopicPartition
    start: int  # offset
    stop: int  # … of the first record that is left out
    position: int = 0  # bytes read
    size: int = 0  # nobody knows before
    trouble: str | None = None

    def chunks(self, number: int, size: int = CHUNK, longest: int = LONGEST) -> Iterator[Chunk]:  # noqa: ARG002 - a record is whole
        """Unfold records into whole lines, about *size* bytes at once; see `Source`."""
        first = 1
        for values in self._values(size):
            unfolded = unfold(values)
            yield Chunk(unfolded.data, number, first, unfolded.room)
            first += int(unfolded.ends[-1])

    def _values(self, size: int) -> Iterator[list[bytes | None]]:
        """Read records, about *size* bytes at once; what goes wrong is `trouble`."""
        try:
            yield from self._polled(size)
        except KafkaError as error:
            self.trouble = f"{error}; what came before it was read"

    def _polled(self, size: int) -> Iterator[list[bytes | None]]:
        consumer, idle = assigned(self.broker, self.place), 0
        try:
            consumer.seek(self.place, self.start)
            while (at := consumer.position(self.place)) < self.stop and idle < IDLE:
                values = self._until(consumer, size)
                idle = 0 if consumer.position(self.place) > at else idle + 1
                if values:
                    yield values
            if idle == IDLE:
                self.trouble = f"no record for {IDLE * WAIT // 1000} s at offset {at}"
        finally:
            consumer.close()

    def _until(self, consumer: KafkaConsumer, size: int) -> list[bytes | None]:
        """Take records until there are about *size* bytes, or none comes."""
        values: list[bytes | None] = []
        held = 0
        while held < size and consumer.position(self.place) < self.stop:
            records = consumer.poll(WAIT).get(self.place, ())
            if not records:
                break
            values += [record.value for record in records if record.offset < self.stop]
            held += sum(len(record.value or b"") for record in records)
        self.position += held
        return values


def consumed(broker: Broker, topic: str, begin: int, *, timed: bool) -> list[Consumed]:
    """Open all partitions of a topic, from an offset or, if *timed*, a time in milliseconds.

    Records that are no longer kept are left out. ConnectionError says in a line why it cannot.
    """
    try:
        consumer = connected(broker)
    except KafkaError as error:
        msg = f"cannot read topic {topic}: {error}"
        raise ConnectionError(msg) from None
    try:
        numbers = sorted(consumer.partitions_for_topic(topic) or ())
        if not numbers:
            msg = f"there is no topic {topic}: see `hedgerow topics check`"
            raise ConnectionError(msg)
        places = [TopicPartition(topic, number) for number in numbers]
        starts, stops = begins(consumer, places, begin, timed=timed), consumer.end_offsets(places)
    finally:
        consumer.close()
    return [
        Consumed(f"{topic}[{place.partition}]", broker, place, starts[place], stops[place])
        for place in places
    ]


def begins(
    consumer: KafkaConsumer, places: Sequence[Any], begin: int, *, timed: bool
) -> dict[Any, int]:
    """Find where each partition begins: never before what is kept."""
    kept = consumer.beginning_offsets(places)
    if not timed:
        return {place: max(begin, kept[place]) for place in places}
    found = consumer.offsets_for_times(dict.fromkeys(places, begin))
    ends = consumer.end_offsets(places)
    return {place: found[place].offset if found[place] else ends[place] for place in places}


def assigned(broker: Broker, place: object) -> KafkaConsumer:
    """Connect to read one partition, in no group."""
    consumer = connected(broker)
    consumer.assign([place])
    return consumer


def connected(broker: Broker) -> KafkaConsumer:
    """Connect; KafkaError where no broker answers, ValueError where the settings are wrong."""
    return KafkaConsumer(
        **kafka_python(broker), enable_auto_commit=False, bootstrap_timeout_ms=ANSWER
    )
