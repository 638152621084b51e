"""Appealing: take appeals of people who were refused, and give block pages their references.

Nobody is asked who they are: an appeal names the reference that the block page showed. There is one
an hour for each decision, and so many a minute in all.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import msgspec
from kafka.errors import KafkaError
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from access.addresses import as_network
from enforcement.targets import ADDRESSED, aimed, key_of
from streams.secret import secret
from streams.serving.bodies import sent
from streams.wire.appeals import LONGEST, appealed, opaque, write_appeal
from streams.wire.orders import instant
from streams.wire.sense import WIDEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

    from streams.appeals import Appealing
    from streams.posted import Posted

NOT_HERE = "appeals are not taken here: [appeals] names no secret"
MOST = 8 * LONGEST  # bytes of a body
FORM = "application/x-www-form-urlencoded"
EACH = 3600.0  # seconds until the same decision can be appealed against again


class Words(msgspec.Struct):
    """What is posted."""

    reference: str
    text: str


@dataclass(slots=True)
class AppealDesk:
    """Knows the references of what is in force, and how many appeals came lately."""

    settings: Appealing
    posted: Posted
    now: Callable[[], float]  # seconds since 1970, by the clock
    send: Callable[[str, bytes], None]  # id and record, to the broker; it may wait
    _known: tuple[int, dict[str, str]] = (-1, {})  # version of the list, opaque → reference
    _taken: deque[float] = field(default_factory=deque)  # in the last minute
    _about: dict[str, float] = field(default_factory=dict)  # reference → when

    def reference(self, key: str) -> str:
        """Name, for a block page, what is in force about a target or around it; "" for nothing."""
        held = (self.posted.get(name)[0] for name in around(key))
        acting = (entry.reference for entry in held if entry and entry.action is not None)
        reference = next(acting, "")
        return opaque(reference, self.secret()) if reference else ""

    def meant(self, name: str) -> str:
        """Find the decision that a reference names; "" where none is in force."""
        if self._known[0] != self.posted.version:
            held = (e.reference for e in self.posted.entries() if e.action is not None)
            secret_ = self.secret()
            self._known = self.posted.version, {opaque(each, secret_): each for each in held}
        return self._known[1].get(name.strip().upper(), "")

    def room(self, reference: str) -> bool:
        """Tell whether one more may come now, and count it."""
        now = self.now()
        while self._taken and self._taken[0] <= now - 60:
            self._taken.popleft()
        self._about = {r: at for r, at in self._about.items() if at > now - EACH}
        if len(self._taken) >= self.settings.a_minute or reference in self._about:
            return False
        self._taken.append(now)
        self._about[reference] = now
        return True

    async def take(self, words: Words) -> Response:
        """Take an appeal, or say why not."""
        reference = await asyncio.to_thread(self.meant, words.reference)
        if not reference:
            return said(404, "no decision of this reference is in force")
        try:
            appeal = appealed(reference, words.text, instant(int(self.now() * 1000)))
        except ValueError as error:
            return said(400, str(error))
        if not self.room(reference):
            return said(429, "too many appeals, or one about this already; try in an hour")
        try:
            await asyncio.to_thread(self.send, appeal.id, write_appeal(appeal))
        except KafkaError:
            del self._about[reference]
            return said(503, "it could not be kept; try again")
        return said(202, f"taken: {appeal.id}; a person reads it")

    def secret(self) -> str:
        """Read what makes references opaque; ValueError where that cannot be."""
        return secret(self.settings.secret_file, "appeals.secret_file")


def appeal_routes(desk: AppealDesk) -> list[Route]:
    """Answer POST /appeal, and GET /appeal/<target> for block pages; 404 without a secret."""

    async def take(request: Request) -> Response:
        if not desk.settings.secret_file:
            return said(404, NOT_HERE)
        try:
            words = worded(request.headers.get("content-type", ""), await sent(request, MOST))
        except ValueError as error:
            return said(400, f"expected reference and text: {error}")
        return await desk.take(words)

    async def name(request: Request) -> Response:
        if not desk.settings.secret_file:
            return said(404, NOT_HERE)
        found = desk.reference(request.path_params["target"])
        return said(200, found) if found else said(404, "nothing is in force")

    return [
        Route("/appeal", take, methods=["POST"]),
        Route("/appeal/{target}", name, methods=["GET"]),
    ]


def around(target: str) -> Iterator[str]:
    """Name a target as entries do, then the networks around it, the narrowest first."""
    try:
        scope, name = aimed(target)
    except ValueError:
        return
    yield key_of(scope, name)
    if scope in ADDRESSED:
        network = as_network(name)
        while network.prefixlen > WIDEST[network.version]:
            network = network.supernet()
            yield str(network)


def worded(media: str, text: bytes) -> Words:
    """Read a form or JSON; ValueError says what was seen."""
    if media.startswith(FORM):
        fields = parse_qs(text.decode(), max_num_fields=10)
        return msgspec.convert({key: values[0] for key, values in fields.items()}, Words)
    return msgspec.json.decode(text, type=Words)


def said(status: int, words: str) -> Response:
    """Answer in a line that nobody keeps."""
    return PlainTextResponse(f"{words}\n", status, {"Cache-Control": "no-store"})
