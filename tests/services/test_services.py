"""Every service starts, answers, and is gone afterwards."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from kafka import KafkaConsumer, KafkaProducer
from redis import Redis

from tests.services.ports import HOST, listening, until
from tests.services.programs import found, needs
from tests.services.prometheus import NEEDS_PROMETHEUS, prometheus, scrape
from tests.services.redis import NEEDS_REDIS, redis
from tests.services.rsyslog import NEEDS_RSYSLOG, rsyslog
from tests.services.shared import shared

if TYPE_CHECKING:
    from pathlib import Path

    from tests.services.kafka import KafkaBroker
    from tests.services.redis import RedisServer
    from tests.services.shared import SharedKafka


def sent(bootstrap: str, topic: str, *values: bytes) -> None:
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    for value in values:
        producer.send(topic, value).get(10)
    producer.close()


def received(bootstrap: str, topic: str, count: int) -> list[bytes]:
    consumer = KafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    values = [next(consumer).value for _ in range(count)]
    consumer.close()
    return values


def test_a_shared_broker_carries_records(kafka: SharedKafka) -> None:
    topic = kafka.fresh("carried")

    sent(kafka.bootstrap, topic, b"one", b"two")

    assert received(kafka.bootstrap, topic, 2) == [b"one", b"two"]


def test_topics_of_a_shared_broker_are_nobody_elses(kafka: SharedKafka) -> None:
    assert kafka.fresh("mine") != kafka.fresh("mine")


def test_everybody_shares_one_broker_and_it_ends_after_the_last(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    with shared(tmp_path) as first, shared(tmp_path) as second:
        assert first == second != kafka

    until(lambda: not listening(int(first.bootstrap.split(":")[1])), "its broker has ended")


def test_a_killed_broker_comes_back_with_what_it_had_acknowledged(own_kafka: KafkaBroker) -> None:
    topic = own_kafka.fresh("kept")
    sent(own_kafka.bootstrap, topic, b"one")

    own_kafka.kill9()
    own_kafka.start()

    assert received(own_kafka.bootstrap, topic, 1) == [b"one"]


@needs("kcat")
def test_kcat_reads_what_was_sent(kafka: SharedKafka) -> None:
    topic = kafka.fresh("read")
    sent(kafka.bootstrap, topic, b"one", b"two")

    kcat = [str(found("kcat")), "-b", kafka.bootstrap, "-C", "-t", topic, "-e", "-q"]

    assert subprocess.run(kcat, capture_output=True, check=True).stdout == b"one\ntwo\n"


def test_a_redis_that_was_killed_comes_back_empty(redis_server: RedisServer) -> None:
    with Redis.from_url(redis_server.url) as client:
        client.set("made", "up")

    redis_server.kill9()
    redis_server.start()

    with Redis.from_url(redis_server.url) as client:
        assert client.get("made") is None


@NEEDS_REDIS
def test_a_redis_may_ask_for_a_password(tmp_path: Path) -> None:
    with redis(tmp_path, "made-up") as server:
        with Redis.from_url(server.url, password="made-up") as client:  # noqa: S106 - its own
            assert client.ping()
        with Redis.from_url(server.url) as client, pytest.raises(Exception, match="authenticated"):
            client.ping()


@NEEDS_PROMETHEUS
def test_prometheus_scrapes_what_it_is_given(tmp_path: Path) -> None:
    with prometheus(tmp_path, scrape([])) as server:
        target = f"{HOST}:{server.port}"
    with prometheus(tmp_path / "itself", scrape([target])) as server:
        until(lambda: server.query("up") != [], "a scrape")

        assert server.query("up")[0]["metric"]["instance"] == target


@NEEDS_RSYSLOG
def test_rsyslog_follows_a_file(tmp_path: Path) -> None:
    log, out = tmp_path / "access.log", tmp_path / "out"
    log.write_text("one\n")
    configuration = f"""
        module(load="imfile")
        input(type="imfile" file="{log}" tag="access")
        template(name="raw" type="string" string="%msg%\\n")
        action(type="omfile" file="{{folder}}/out" template="raw")
    """

    with rsyslog(tmp_path, configuration):
        until(lambda: out.exists() and out.read_text() == "one\n", "a line")
