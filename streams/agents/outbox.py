"""Outbox: sends messages and waits until the broker has them, however long that takes."""

from __future__ import annotations

import asyncio
import logging  # noqa: TID251 - an edge: it runs unattended
from typing import TYPE_CHECKING, Any, NamedTuple

from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from faust.exceptions import ProducerSendError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import faust

LOG = logging.getLogger("hedgerow")
PAUSE = 0.5  # seconds before what was not taken is sent again
TOO_LARGE = MessageSizeTooLargeError


class Message(NamedTuple):
    """What is sent."""

    topic: str
    key: bytes | None
    value: bytes | None
    partition: int | None = None


class Outbox:
    """Sends with Faust's producer; nothing is given up, since nothing may be lost."""

    def __init__(self, app: faust.App) -> None:
        """Send with this application's producer."""
        self._app = app

    async def put(self, messages: Sequence[Message]) -> list[int]:
        """Send messages in their order; give their offsets once all of them are acknowledged.

        What the broker does not take is sent again, for as long as it takes, and with it all that
        followed: so the last word stays the last, and a repetition is harmless. Only a message that
        is too large is refused; it raises MessageSizeTooLargeError.
        """
        offsets: list[int] = []
        while len(offsets) < len(messages):
            sent = await self._send(messages[len(offsets) :])
            for outcome in sent:
                if isinstance(outcome, int):
                    offsets.append(outcome)
                    continue
                if not isinstance(outcome, KafkaError) or isinstance(outcome, TOO_LARGE):
                    raise outcome
                left = len(messages) - len(offsets)
                LOG.warning("%d messages not taken (%r); sent again", left, outcome)
                await asyncio.sleep(PAUSE)
                break
        return offsets

    async def _send(self, messages: Sequence[Message]) -> list[int | BaseException]:
        """Hand all to the client, one after the other, then wait for what became of them."""
        client = await self._app.maybe_start_producer()
        handed: list[asyncio.Future[Any]] = []
        try:
            for message in messages:
                handed.append(await client.send(*message, None, None))  # noqa: PERF401 - in order
        except (KafkaError, ProducerSendError) as error:
            refused: list[BaseException] = [error.__cause__ or error]
        else:
            refused = []
        done = await asyncio.gather(*handed, return_exceptions=True)
        return [
            one if isinstance(one, BaseException) else int(one.offset) for one in done
        ] + refused
