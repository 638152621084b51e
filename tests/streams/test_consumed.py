"""What a topic holds is read as files are: from anywhere on, up to where it ended."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from kafka import KafkaProducer

from streams.commands import main
from streams.consumed import consumed
from streams.infrastructure import Broker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.services.shared import SharedKafka

PARTITIONS = 3


def sent(kafka: SharedKafka, values: Sequence[bytes]) -> str:
    """Send values to a topic of their own, to its partitions in turn."""
    topic = kafka.fresh("backtest", PARTITIONS)
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap)
    try:
        for number, value in enumerate(values):
            producer.send(topic, value, partition=number % PARTITIONS)
        producer.flush()
    finally:
        producer.close()
    return topic


def lines(kafka: SharedKafka, topic: str, begin: int = 0, *, timed: bool = False) -> list[bytes]:
    """Read all there is, as lines without their newlines."""
    broker = Broker(bootstrap=kafka.bootstrap)
    return [
        line
        for number, source in enumerate(consumed(broker, topic, begin, timed=timed))
        for chunk in source.chunks(number)
        for line in chunk.data.tobytes().splitlines()
    ]


def test_every_record_is_read_once(kafka: SharedKafka) -> None:
    values = [b"line %d" % number for number in range(1_000)]

    assert sorted(lines(kafka, sent(kafka, values))) == sorted(values)


def test_lines_are_numbered_through_a_partition(kafka: SharedKafka) -> None:
    topic = sent(kafka, [b"a\nb\n", b"x", b"y", b"c", b"d\ne"])
    source = consumed(Broker(bootstrap=kafka.bootstrap), topic, 0, timed=False)[0]

    chunks = list(source.chunks(0, size=1))

    assert chunks[0].first == 1
    assert b"".join(chunk.data.tobytes() for chunk in chunks) == b"a\nb\nc\n"
    assert source.trouble is None


def test_reading_begins_at_an_offset_of_each_partition(kafka: SharedKafka) -> None:
    topic = sent(kafka, [b"%d" % number for number in range(9)])

    assert sorted(lines(kafka, topic, 2)) == [b"6", b"7", b"8"]
    assert lines(kafka, topic, 99) == []


def test_reading_begins_at_a_time(kafka: SharedKafka) -> None:
    topic = sent(kafka, [b"%d" % number for number in range(9)])
    past, future = (datetime(year, 1, 1, tzinfo=UTC).timestamp() for year in (2020, 2100))

    assert len(lines(kafka, topic, int(past * 1000), timed=True)) == 9
    assert lines(kafka, topic, int(future * 1000), timed=True) == []


def test_a_topic_that_is_not_there_is_said(kafka: SharedKafka) -> None:
    with pytest.raises(ConnectionError, match="there is no topic nowhere"):
        consumed(Broker(bootstrap=kafka.bootstrap), "nowhere", 0, timed=False)


def test_a_backtest_of_a_topic_says_what_one_of_the_file_says(
    kafka: SharedKafka, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEDGEROW_BROKER_BOOTSTRAP", kafka.bootstrap)
    new = tmp_path / "new.toml"
    new.write_text("[trust]\nvolume = 0\n")
    topic = sent(kafka, log.read_bytes().splitlines(keepends=True))

    def told(origin: object) -> dict[str, Any]:
        words = ["backtest", "--from", str(origin), "--settings", str(new), "--json"]
        ran = CliRunner().invoke(main, words)
        assert ran.exit_code == 0, ran.output
        found: dict[str, Any] = json.loads(ran.stdout)
        return found

    of_topic = told(f"kafka://{topic}")

    assert of_topic["changes"]
    assert of_topic == told(log)
