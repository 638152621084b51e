"""A broker that demands a certificate or a password is reached by every client, and by no other."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import faust
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from kafka import KafkaConsumer, KafkaProducer

from streams.administering import administering
from streams.broker import aiokafka, faust_credentials, faust_urls, kafka_python
from streams.infrastructure import Broker
from tests.services.guarded import Guarded
from tests.services.java import NEEDS_KAFKA
from tests.services.kafka import broker
from tests.services.programs import needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.services.kafka import KafkaBroker

pytestmark = [NEEDS_KAFKA, needs("openssl")]

GUARDS = [
    Guarded("SASL_SSL", "SCRAM-SHA-512"),
    Guarded("SASL_PLAINTEXT", "PLAIN"),
    Guarded("SSL", mutual=True),
]


def said(guard: Guarded) -> str:
    return f"{guard.protocol}-{guard.mechanism}"


@pytest.fixture(scope="module", params=GUARDS, ids=said)
def guarded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KafkaBroker]:
    with broker(tmp_path_factory.mktemp("kafka"), request.param) as running:
        yield running


@pytest.fixture(scope="module")
def settings(guarded: KafkaBroker) -> Broker:
    """Say in settings what the broker demands."""
    given = {"bootstrap": guarded.bootstrap, **guarded.guarded.settings(guarded.folder)}
    return Broker(**given)  # type: ignore[arg-type]  # all of them texts


def test_kafka_python_sends_and_receives(guarded: KafkaBroker, settings: Broker) -> None:
    topic = guarded.fresh("sent")

    with administering(settings) as admin:
        assert topic in admin.list_topics()
    producer = KafkaProducer(**kafka_python(settings))
    producer.send(topic, b"made up").get(10)
    producer.close()
    consumer = KafkaConsumer(topic, auto_offset_reset="earliest", **kafka_python(settings))
    value = next(consumer).value
    consumer.close()

    assert value == b"made up"


def test_aiokafka_receives_what_faust_sends(guarded: KafkaBroker, settings: Broker) -> None:
    topic = guarded.fresh("sent")

    assert asyncio.run(carried(topic, settings)) == [b"by aiokafka", b"by faust"]


async def carried(topic: str, settings: Broker) -> list[bytes | None]:
    async with AIOKafkaProducer(**aiokafka(settings)) as producer:
        await producer.send_and_wait(topic, b"by aiokafka")
    urls, credentials = faust_urls(settings), faust_credentials(settings)
    app = faust.App("made-up", broker=urls, broker_credentials=credentials)
    async with app.producer:
        await app.producer.send_and_wait(topic, None, b"by faust", None, None, None)
    options = {"auto_offset_reset": "earliest", **aiokafka(settings)}
    async with AIOKafkaConsumer(topic, **options) as consumer:
        return [(await consumer.getone()).value for _ in range(2)]


def test_who_does_not_meet_the_demands_is_told_what_to_look_at(guarded: KafkaBroker) -> None:
    plain = Broker(bootstrap=guarded.bootstrap)

    with pytest.raises(ConnectionError, match=r"another broker\.protocol"), administering(plain):
        pass


def test_a_wrong_password_or_a_strange_authority_is_told(settings: Broker, tmp_path: Path) -> None:
    wrong = tmp_path / "password"
    wrong.write_text("wrong")
    if settings.password_file:
        # A broker that is busy hangs up before the client has read what it says.
        said = r"uthentication failed|broker\.protocol or mechanism"
        settings = replace(settings, password_file=str(wrong))
    else:
        settings, said = replace(settings, authority_file=""), "CERTIFICATE_VERIFY_FAILED"

    with pytest.raises(ConnectionError, match=said), administering(settings):
        pass
