"""Topics are made on a real broker, once; what differs is told, and nothing is taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from kafka.admin import ConfigResource, ConfigResourceType, NewTopic

from streams.administering import administering, await_leaders, existing, mend
from streams.infrastructure import Broker
from streams.layout import plan
from streams.topics import TOPICS
from tests.services.java import NEEDS_KAFKA
from tests.services.kafka import broker
from tests.services.ports import until

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = {"cleanup.policy": "compact", "retention.ms": "1000", "max.message.bytes": "999"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with broker(tmp_path_factory.mktemp("kafka")) as kafka:
        yield Broker(bootstrap=kafka.bootstrap)


@pytest.fixture
def empty(running: Broker) -> Broker:
    """Take what an earlier test made away."""
    with administering(running) as admin:
        admin.delete_topics(list(existing(admin)))
        until(lambda: not existing(admin), "no topics")
    return running


def create(broker: Broker) -> list[str]:
    with administering(broker) as admin:
        done = list(mend(admin, broker, plan(broker, existing(admin))))
        await_leaders(admin)
        return [*done, *map(str, plan(broker, existing(admin)))]


@NEEDS_KAFKA
def test_topics_are_made_once_and_grow_but_never_shrink(empty: Broker) -> None:
    broker = replace(empty, partitions=2, shards=3)

    assert create(broker) == [f"{topic.name}: created" for topic in TOPICS]
    assert create(broker) == []
    assert create(replace(broker, partitions=4)) == [
        "access-log: 2 partitions, now 4",
        "rejects: 2 partitions, now 4",
        "checkpoints: 3 partitions, now 4",
    ]
    assert create(replace(broker, shards=8)) == [
        "checkpoints: 4 partitions, now 8",
        "access-log: partitions 4, expected 2",
        "requests: partitions 3, expected 8",
        "rejects: partitions 4, expected 2",
        "signals: partitions 3, expected 8",
    ]


@NEEDS_KAFKA
def test_what_was_there_before_is_told_and_left_alone(empty: Broker) -> None:
    broker = replace(empty, partitions=1)
    with administering(broker) as admin:
        admin.create_topics([NewTopic("access-log", 1, 1, topic_configs=SETTINGS)])

    told = [line for line in create(broker) if not line.endswith(": created")]

    assert told == [
        f"access-log: {what} {seen}, expected {wanted}"
        for what, seen, wanted in [
            ("cleanup.policy", "compact", "delete"),
            ("retention.ms", "1000", "259200000"),
            ("message.timestamp.type", "CreateTime", "LogAppendTime"),
            ("max.message.bytes", "999", "2097152"),
        ]
    ]
    with administering(broker) as admin:
        asked = [ConfigResource(ConfigResourceType.TOPIC, "access-log")]
        seen = admin.describe_configs(asked)["topic"]["access-log"]
    assert SETTINGS.items() <= {key: value["value"] for key, value in seen.items()}.items()


@NEEDS_KAFKA
def test_more_copies_than_brokers_are_refused_in_a_sentence(empty: Broker) -> None:
    broker = replace(empty, replication=3)

    with pytest.raises(ConnectionError, match=r"^access-log cannot be created: .*replication"):
        create(broker)


def test_nobody_there_is_told_in_a_sentence() -> None:
    said = r"^Kafka at 127.0.0.1:1 \(plaintext\): .*ECONNREFUSED$"
    with pytest.raises(ConnectionError, match=said), administering(Broker("127.0.0.1:1")):
        pass
