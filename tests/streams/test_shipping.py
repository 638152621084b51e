"""What is shipped arrives, in order, though the broker is killed under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.infrastructure import Broker
from streams.parcels import Parcel
from streams.producer import producer
from streams.shipping import HELD, Shipper
from tests.streams.reading import held

if TYPE_CHECKING:
    from kafka import KafkaProducer

    from tests.services.kafka import KafkaBroker
    from tests.services.shared import SharedKafka


def shipper(bootstrap: str, topic: str, partition: int | None = None) -> Shipper:
    def connect() -> KafkaProducer:
        return producer(Broker(bootstrap=bootstrap), "zstd")

    made = Shipper(connect, lambda _: None, topic, partition)
    made.open()
    return made


def send_all(sending: Shipper, *parcels: Parcel) -> None:
    for one in parcels:
        sending.send(one)
    sending.settle()


def parcel(topic: str, number: int, size: int = 0) -> Parcel:
    return Parcel(topic, None, b"%d\n" % number + b"x" * size, 1)


def test_messages_go_to_the_partitions_in_turn(kafka: SharedKafka) -> None:
    topic = kafka.fresh("turns", partitions=3)
    sending = shipper(kafka.bootstrap, topic)
    send_all(sending, *(parcel(topic, number) for number in range(7)))
    sending.close()

    found = held(kafka.bootstrap, topic)
    assert [[b"0\n", b"3\n", b"6\n"], [b"1\n", b"4\n"], [b"2\n", b"5\n"]] == found
    assert (7, 7, 0) == (sending.lines, sending.messages, sending.held)


def test_what_is_under_way_is_bounded(kafka: SharedKafka) -> None:
    topic = kafka.fresh("bound", max_message_bytes="2097152")
    sending = shipper(kafka.bootstrap, topic)
    most = 0
    for number in range(60):
        sending.send(parcel(topic, number, 1 << 20))
        most = max(most, sending.held)
    sending.settle()
    sending.close()

    assert most <= HELD
    assert 60 == len(held(kafka.bootstrap, topic)[0])


def test_a_message_that_the_topic_does_not_take_is_an_error_and_is_not_counted(
    kafka: SharedKafka,
) -> None:
    topic = kafka.fresh("small", max_message_bytes="20000")
    sending = shipper(kafka.bootstrap, topic)
    send_all(sending, parcel(topic, 1))
    big = Parcel(topic, None, bytes(range(256)) * 400, 1)
    sending.connect = lambda: producer(Broker(bootstrap=kafka.bootstrap), None)
    sending.close()

    with pytest.raises(ConnectionError, match="MessageSizeTooLarge"):
        send_all(sending, big)
    sending.close()
    assert 1 == sending.lines
    assert [[b"1\n"]] == held(kafka.bootstrap, topic)


def test_a_topic_or_partition_that_is_not_there_is_said(kafka: SharedKafka) -> None:
    topic = kafka.fresh("there", partitions=2)

    with pytest.raises(ConnectionError, match="no partition 2, only 0 to 1"):
        shipper(kafka.bootstrap, topic, partition=2)


def test_nothing_is_lost_or_out_of_order_when_the_broker_is_killed(own_kafka: KafkaBroker) -> None:
    topic = own_kafka.fresh("killed", max_message_bytes="2097152")
    sending = shipper(own_kafka.bootstrap, topic)
    for number in range(3000):
        sending.send(parcel(topic, number, 1000))
        if number == 1500:
            own_kafka.kill9()
            own_kafka.launch()
    sending.settle()
    sending.close()

    numbers = [int(value.split(b"\n")[0]) for value in held(own_kafka.bootstrap, topic)[0]]
    firsts = list(dict.fromkeys(numbers))
    assert list(range(3000)) == firsts
    assert 3000 == sending.lines


def test_a_producer_that_failed_is_replaced_and_everything_sent_again(kafka: SharedKafka) -> None:
    topic = kafka.fresh("again")
    sending, said = shipper(kafka.bootstrap, topic), list[str]()
    sending.say = said.append
    for number in range(20):
        sending.send(parcel(topic, number))
        if number == 10:
            sending.producer.close(timeout=5)  # type: ignore[union-attr]  # it was opened
    sending.settle()
    sending.close()

    values = held(kafka.bootstrap, topic)[0]
    assert [b"%d\n" % number for number in range(20)] == list(dict.fromkeys(values))
    assert 20 == sending.lines
    assert 1 == len(said)
