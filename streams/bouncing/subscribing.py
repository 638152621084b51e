"""Subscribing: hear from the topic `blocklist` itself, without a service between."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.bouncing.heard import Heard
from streams.bouncing.hearing import CLOCK
from streams.posted import Posted
from streams.subscription import TOPIC, Subscription

if TYPE_CHECKING:
    from streams.bouncing.heard import Mailbox
    from streams.infrastructure import Broker

LOOK = 0.02  # seconds between two looks at what was heard
STALE = 5.0  # seconds without word from the broker after which it counts as away


@dataclass(slots=True)
class Subscribing:
    """The topic, read whole; nothing is told before all of it is known."""

    broker: Broker
    topic: str = TOPIC

    def listen(self, box: Mailbox) -> None:
        """Read for ever, in an event loop of our own."""
        asyncio.run(self.keep(box))

    async def keep(self, box: Mailbox) -> None:
        """Read until cancelled."""
        posted = Posted()
        subscription = Subscription(self.broker, posted, CLOCK, self.topic)
        keeping = asyncio.create_task(subscription.keep())
        try:
            await self._pass_on(box, posted, subscription, keeping)
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    async def _pass_on(
        self, box: Mailbox, posted: Posted, subscription: Subscription, keeping: asyncio.Task[None]
    ) -> None:
        told = -1
        while not keeping.done():
            await asyncio.sleep(LOOK)
            if not subscription.knows:
                box.lose(f"no broker at {self.broker.bootstrap} has said all yet")
            elif posted.version != told:
                told = posted.version
                box.put(self._heard(posted), subscription.current)
            elif CLOCK() - subscription.current > STALE:
                box.lose(f"no word from the broker at {self.broker.bootstrap}")
            else:
                box.beat(subscription.current)
        keeping.result()

    def _heard(self, posted: Posted) -> Heard:
        return Heard(tuple(posted.endings()), str(posted.version))
