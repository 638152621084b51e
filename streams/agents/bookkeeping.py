"""Bookkeeping: write into the topic `audit` who did what, each act behind the one before."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from evidence.audit import Act, linked
from streams.agents.outbox import Message
from streams.agents.reading import reader
from streams.auditing import TOPIC
from streams.records import ENCODER
from streams.wire.orders import instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence.audit import Deed
    from streams.agents.tools import Tools

TAIL = 100  # records in which the last act stands, whatever others wrote into the topic


class Bookkeeping:
    """One chain of acts; whoever takes over the work goes on with it."""

    def __init__(self, tools: Tools, chain: str) -> None:
        """Write into this chain; `take_up` finds where it ends."""
        self._tools, self._chain = tools, chain
        self._last: Act | None = None

    async def take_up(self) -> None:
        """Find the last act, to go on behind it."""
        async with reader(self._tools.settings.broker, TOPIC, 0) as records:
            first, end = await records.ends()
            async for record in records.between(max(first, end - TAIL), end):
                with suppress(msgspec.DecodeError):
                    act = msgspec.json.decode(record.value or b"", type=Act)
                    self._last = act if act.chain == self._chain else self._last

    async def write(self, deeds: Sequence[Deed]) -> None:
        """Write deeds down, in their order."""
        at = instant(int(self._tools.now() * 1000))
        messages = []
        for deed in deeds:
            self._last = linked(deed, at, self._chain, self._last)
            messages.append(Message(TOPIC, self._chain.encode(), ENCODER.encode(self._last), 0))
        await self._tools.outbox.put(messages)
