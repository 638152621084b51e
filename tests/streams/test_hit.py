"""Whom a block would hit is counted in the newest requests that went through Kafka."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from kafka import KafkaProducer

from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from access.waiting import Part
from streams import hit as module
from streams.commands.foreseen import lately, sentence
from streams.hit import Hit, hit_by, newest
from streams.infrastructure import Broker
from streams.wire.requests import Passage, Requests
from tests.services.ports import HOST, free_port

if TYPE_CHECKING:
    import pytest

    from access.batch import Batch
    from tests.services.shared import SharedKafka

THERE = ("203.0.113.0/25", "2001:db8::/32")


def batch(*asked: tuple[str, str, str]) -> Batch:
    lines = [
        json.dumps(
            {"time": f"2026-11-24T{at}Z", "remote_addr": who, "request_uri": "/", "user": name}
        )
        for at, who, name in asked
    ]
    log = "".join(f"{line}\n" for line in lines).encode()
    return Parser(Site.default()).parse(Chunk(np.frombuffer(log, np.uint8), 0, 1))[0]


SEEN = (
    ("10:59:59", "203.0.113.1", "long ago"),
    ("11:30:00", "203.0.113.1", "ann"),
    ("11:31:00", "203.0.113.1", "ann"),
    ("11:32:00", "203.0.113.200", "bob"),
    ("11:33:00", "2001:db8:1::7", ""),
    ("11:59:59", "198.51.100.1", "eve"),
)


def test_requests_addresses_and_people_of_the_last_hour_are_counted() -> None:
    found = hit_by([batch(*SEEN[:3]), batch(), batch(*SEEN[3:])], THERE)

    assert found == Hit(1_795_519_800_000, 3, 2, 1, 5, 3)
    assert found
    assert sentence(found) == (
        "Of the newest 5 requests, since 2026-11-24T11:30:00Z, 3 came from there: 2 addresses, "
        "1 of 3 people logged in."
    )


def test_where_a_log_names_nobody_people_are_not_told_of() -> None:
    found = hit_by([batch(("11:30:00", "203.0.113.1", ""))], THERE)

    assert found
    assert sentence(found).endswith("1 came from there: 1 addresses.")


def test_where_nobody_asked_for_anything_nothing_is_known() -> None:
    assert hit_by([batch()], THERE) is None


def test_the_newest_messages_of_each_shard_are_read_and_no_more(
    kafka: SharedKafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = kafka.fresh("requests")
    broker = Broker(kafka.bootstrap)
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap)
    for rows in (SEEN[:1], SEEN[1:3], SEEN[3:]):
        part = batch(*rows)
        message = Requests([Passage(0, 0, 1, 0, 0)], Part(part, np.zeros(len(part), np.int64)))
        producer.send(topic, message.encoded())
    producer.send(topic, b"nothing that anybody can read")
    producer.flush()
    producer.close()
    monkeypatch.setattr(module, "NEWEST", 3)

    assert [len(each) for each in newest(broker, topic)] == [2, 3]


def test_a_topic_or_a_broker_that_is_not_there_is_said(kafka: SharedKafka) -> None:
    nobody = Broker(f"{HOST}:{free_port()}")

    assert list(newest(Broker(kafka.bootstrap), "requests-of-nobody")) == []
    assert lately(nobody, THERE).startswith(
        f"Nobody knows whom that hits: no broker at {nobody.bootstrap}"
    )
