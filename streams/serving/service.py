"""Service: what belongs together while `hedgerow serve` runs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import uvicorn
from prometheus_client import CollectorRegistry

from streams.appeals import Appealing
from streams.metrics import Meters
from streams.ordering import keep
from streams.posted import Posted
from streams.serving.appealing import Desk
from streams.serving.application import application
from streams.serving.events import Hub
from streams.serving.pages import Pages
from streams.subscription import TOPIC, Subscription

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from streams.infrastructure import Broker

LEAVING = 1  # seconds that clients have to finish when we are told to stop


@dataclass(slots=True)
class Serving:
    """The block list as it is heard, as it is written down, and as it is counted."""

    broker: Broker
    now: Callable[[], float]  # seconds since 1970, by the clock
    topic: str = TOPIC
    appeals: Appealing = field(default_factory=Appealing)
    appeals_topic: str = "appeals"
    posted: Posted = field(default_factory=Posted)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    meters: Meters = field(init=False)
    subscription: Subscription = field(init=False)
    pages: Pages = field(init=False)
    hub: Hub = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        """Connect the parts."""
        self.meters = Meters.of(self.registry)
        self.subscription = Subscription(self.broker, self.posted, self.now, self.topic)
        self.pages = Pages(self.posted, self.now)
        self.hub = Hub(self.posted, int(self.now() * 1000))
        self.subscription.hearers.append(self.hub.hear)
        send = partial(keep, self.broker, self.appeals_topic)
        self.desk = Desk(self.appeals, self.posted, self.now, send)

    def age(self) -> float:
        """Say how many seconds ago all was known."""
        return self.now() - self.subscription.current

    def tell(self) -> None:
        """Set the metrics that say how we are."""
        self.meters.feed_subscribers.set(len(self.hub))
        self.meters.projection_up.labels("serve").set(self.subscription.knows)
        self.meters.projection_entries.labels("serve").set(len(self.posted))
        self.meters.projection_timestamp_seconds.labels("serve").set(self.subscription.current)

    async def answer(self, opened: socket) -> None:
        """Answer at an open socket until the program is told to stop."""
        # No access log: it would hold the addresses of whoever asks, and nobody reads it.
        config = uvicorn.Config(
            application(self),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=LEAVING,
        )
        answering = asyncio.create_task(uvicorn.Server(config).serve(sockets=[opened]))
        keeping = asyncio.create_task(self.subscription.keep())
        try:
            await asyncio.wait({answering, keeping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (answering, keeping):
                task.cancel()
            ended = await asyncio.gather(answering, keeping, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error
