"""Served: a service that runs in this process, over a real broker, and clients that ask it."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING, Any

from kafka import KafkaProducer

from actors.frame import Scope
from enforcement.standing import entry_of
from streams.crowdsec.place import CrowdSec
from streams.infrastructure import Broker
from streams.serving.service import Serving
from streams.wire.entries import written
from tests.enforcement.test_blocklist import decision
from tests.services.ports import HOST, until

if TYPE_CHECKING:
    from collections.abc import Iterator

clock = time.time  # noqa: TID251 - entries end by it


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Client:
    """Asks a service on this machine."""

    port: int

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """Ask once; of a header's name, _ stands for -."""
        line = HTTPConnection(HOST, self.port, timeout=5)
        try:
            line.request(
                method,
                path,
                body,
                headers={k.replace("_", "-"): v.encode() for k, v in headers.items()},
            )
            got = line.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            line.close()

    def entries(self) -> list[str]:
        """Read who is refused."""
        text = self.ask("/blocklist.txt").body.decode()
        return [line for line in text.splitlines() if not line.startswith("#")]

    @contextmanager
    def events(self, **headers: str) -> Iterator[Iterator[dict[str, str]]]:
        """Subscribe; each event as its fields."""
        line = HTTPConnection(HOST, self.port, timeout=10)
        line.request("GET", "/events", headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = line.getresponse()

        def heard() -> Iterator[dict[str, str]]:
            fields: dict[str, str] = {}
            for text in iter(lambda: answer.readline().decode(), ""):
                name, _, value = text.rstrip("\n").partition(": ")
                if name:
                    fields[name] = value
                elif fields:
                    yield fields
                    fields = {}

        try:
            yield heard()
        finally:
            line.close()


@contextmanager
def serving(
    bootstrap: str,
    topic: str,
    crowdsec: CrowdSec | None = None,
    opened: socket.socket | None = None,
    **more: Any,  # noqa: ANN401 - fields of Serving
) -> Iterator[tuple[Client, Serving]]:
    """Run a service until the test ends."""
    opened = opened or socket.create_server((HOST, 0))
    made: list[Serving] = []
    stop: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = []

    async def scene() -> None:
        service = Serving(Broker(bootstrap), clock, topic, crowdsec or CrowdSec(), **more)
        task = asyncio.create_task(service.answer(opened))
        stop.append((asyncio.get_running_loop(), task))
        made.append(service)
        await asyncio.wait({task})

    thread = Thread(target=lambda: asyncio.run(scene()))
    thread.start()
    try:
        until(lambda: bool(made), "a service")
        yield Client(opened.getsockname()[1]), made[0]
    finally:
        time.sleep(0.1)  # it notices that the last clients have gone
        loop, task = stop[0]
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)
        opened.close()


def tell(
    bootstrap: str, topic: str, *targets: str, lasts: int = 600, network: bool = False
) -> None:
    """Write entries as the deciding agent does."""
    scope = Scope.NETWORK if network else Scope.ADDRESS
    entries = [entry_of(decision(target, until=lasts, scope=scope)) for target in targets]
    send(bootstrap, topic, *((entry.key, written(entry, 0)) for entry in entries))


def send(bootstrap: str, topic: str, *records: tuple[str, bytes | None]) -> None:
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    for key, value in records:
        producer.send(topic, value, key.encode())
    producer.flush()
    producer.close()
