"""An outbox gives nothing up: what the broker refuses is sent again, in its order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from aiokafka.errors import MessageSizeTooLargeError

from streams.agents.outbox import Message
from tests.streams.agents.desk import desk, standing

if TYPE_CHECKING:
    from tests.services.kafka import KafkaBroker


def messages(topic: str, count: int) -> list[Message]:
    return [Message(topic, b"key", b"%d" % number, 0) for number in range(count)]


def test_messages_arrive_in_their_order_and_their_offsets_are_told(broker: KafkaBroker) -> None:
    topic = broker.fresh("order")

    async def put() -> list[list[int]]:
        async with desk(broker) as at:
            return [await at.outbox.put(messages(topic, n)) for n in (300, 0, 2)]

    told = asyncio.run(put())

    records = standing(broker, topic)
    assert [r.value for r in records] == [m.value for n in (300, 2) for m in messages(topic, n)]
    assert [r.offset for r in records] == [offset for some in told for offset in some]


def test_what_is_not_taken_is_sent_again_until_it_is(
    broker: KafkaBroker, caplog: pytest.LogCaptureFixture
) -> None:
    topic = broker.fresh("again")

    async def put() -> tuple[bool, list[int]]:
        async with desk(broker, within=1.0) as at:
            await at.outbox.put(messages(topic, 1))
            broker.pause()
            putting = asyncio.create_task(at.outbox.put(messages(topic, 20)))
            await asyncio.sleep(3)
            waited = not putting.done()
            broker.resume()
            return waited, await asyncio.wait_for(putting, 30)

    with caplog.at_level("WARNING", "hedgerow"):
        waited, told = asyncio.run(put())

    found = {r.offset: r.value for r in standing(broker, topic)}
    assert waited
    assert "20 messages not taken" in caplog.text
    assert [found[offset] for offset in told] == [m.value for m in messages(topic, 20)]
    assert sorted(told) == told
    assert found[max(found)] == b"19"


def test_a_message_that_is_too_large_is_refused_at_once(broker: KafkaBroker) -> None:
    topic = broker.fresh("large", max_message_bytes="2000")
    some = [*messages(topic, 2), Message(topic, b"key", b"x" * 5000, 0)]

    async def put() -> None:
        async with desk(broker) as at:
            await asyncio.wait_for(at.outbox.put(some), 20)

    with pytest.raises(MessageSizeTooLargeError):
        asyncio.run(put())


def test_what_is_larger_than_any_client_sends_is_refused_at_once(broker: KafkaBroker) -> None:
    topic = broker.fresh("huge")

    async def put() -> None:
        async with desk(broker) as at:
            await asyncio.wait_for(at.outbox.put([Message(topic, None, bytes(17 << 20), 0)]), 20)

    with pytest.raises(MessageSizeTooLargeError):
        asyncio.run(put())
