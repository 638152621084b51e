"""Service: what belongs together while `hedgerow serve` runs."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from prometheus_client import CollectorRegistry

from enforcement.rails import Rails
from feeds.listing import LISTING
from streams.admission import Admission
from streams.appeals import Appealing
from streams.auditing import AuditFile
from streams.checking import Checking
from streams.crowdsec.place import CrowdSec
from streams.infrastructure import Service
from streams.metrics import Meters
from streams.ordering import keep
from streams.posted import Posted
from streams.serving.acks import Acks
from streams.serving.appealing import AppealDesk
from streams.serving.application import application
from streams.serving.beside import Beside
from streams.serving.desk import Desk
from streams.serving.events import Hub
from streams.serving.gate import Gate
from streams.serving.keyring import Keyring
from streams.serving.keys import Keys
from streams.serving.pages import Pages
from streams.serving.tls import Credentials
from streams.subscription import TOPIC, Subscription

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.bouncing.heard import Mailbox
    from streams.infrastructure import Broker

LEAVING = 1  # seconds that clients have to finish when we are told to stop


@dataclass(slots=True)
class Serving:
    """The block list as it is heard, as it is written down, and as it is counted."""

    broker: Broker
    now: Callable[[], float]  # seconds since 1970, by the clock
    topic: str = TOPIC
    crowdsec: CrowdSec = field(default_factory=CrowdSec)
    beside: Mailbox | None = None  # where a guard on this machine says what is in force
    service: Service = field(default_factory=Service)
    admission: Admission = field(default_factory=Admission)
    orders: str = "orders"  # topic
    audit: str = "audit"  # topic
    check: Checking = field(default_factory=Checking)
    appeals: Appealing = field(default_factory=Appealing)
    appeals_topic: str = "appeals"
    rails: Rails = field(default_factory=Rails)  # those that an order may raise
    posted: Posted = field(default_factory=Posted)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    meters: Meters = field(init=False)
    subscription: Subscription | Beside = field(init=False)
    pages: Pages = field(init=False)
    hub: Hub = field(init=False)
    desk: Desk | None = field(default=None, init=False)  # None: bouncers are not answered
    acks: Acks = field(default_factory=Acks)
    keys: Keys | None = field(init=False)
    audit_file: AuditFile | None = field(init=False)
    credentials: Credentials | None = field(init=False)
    appeal_desk: AppealDesk = field(init=False)

    def __post_init__(self) -> None:
        """Connect the parts; OSError, ValueError where keys or certificates are no use."""
        known = self.admission.keys_file and Keyring(Path(self.admission.keys_file))
        self.keys = Keys(known.keys, self.now) if known else None
        written = self.admission.audit_file
        self.audit_file = AuditFile(Path(written), self.now) if written else None
        self.credentials = Credentials.of(self.service)
        self.meters = Meters.of(self.registry)
        if self.beside:
            self.subscription = Beside(self.posted, self.beside, self.now)
        else:
            self.subscription = Subscription(self.broker, self.posted, self.now, self.topic)
        self.pages = Pages(self.posted, self.now)
        self.hub = Hub(self.posted, int(self.now() * 1000))
        self.subscription.hearers.append(self.hub.hear)
        send = partial(keep, self.broker, self.appeals_topic)
        self.appeal_desk = AppealDesk(self.appeals, self.posted, self.now, send)
        if self.crowdsec.keys_file or self.keys:
            self.desk = Desk(self.crowdsec, self.posted, self.now, self.keys)
            self.subscription.hearers.append(self.desk.board.hear)

    async def published(self) -> str:
        """Name the set that is published now; nothing while nobody knows."""
        return (await self.pages.page(LISTING)).set if self.subscription.knows else ""

    def age(self) -> float:
        """Say how many seconds ago all was known."""
        return self.now() - self.subscription.current

    def tell(self) -> None:
        """Set the metrics that say how we are."""
        self.meters.feed_subscribers.set(len(self.hub))
        self.meters.projection_up.labels("serve").set(self.subscription.knows)
        self.meters.projection_entries.labels("serve").set(len(self.posted))
        self.meters.projection_timestamp_seconds.labels("serve").set(self.subscription.current)

    async def answer(self, opened: socket.socket) -> None:
        """Answer at an open socket until the program is told to stop."""
        # Else the kernel keeps a body back until the head is acknowledged, which takes 40 ms; what
        # is accepted inherits it, and asyncio sets it only where a socket names its protocol.
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server = uvicorn.Server(self._configured())
        answering = asyncio.create_task(server.serve(sockets=[opened]))
        works = [self.subscription.keep()]
        works += [self.credentials.keep()] if self.credentials else []
        keeping = [asyncio.create_task(work) for work in works]
        try:
            await asyncio.wait([answering, *keeping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            server.should_exit = True  # it closes the connections that clients keep open
            for task in keeping:
                task.cancel()
            ended = await asyncio.gather(answering, *keeping, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    def _configured(self) -> uvicorn.Config:
        # No access log: it would hold the addresses of whoever asks, and nobody reads it.
        context = self.credentials.context if self.credentials else None
        return uvicorn.Config(
            self.guarded(),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=LEAVING,
            ssl_context_factory=(lambda *_: context) if context else None,
        )

    def guarded(self) -> Gate:
        """Make the application, with the gate in front."""
        refused = self.meters.refused_requests
        return Gate(
            application(self),
            self.admission,
            self.keys,
            self.now,
            lambda why: refused.labels(why).inc(),
        )
