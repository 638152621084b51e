"""Application: what `hedgerow serve` answers; /openapi.json says it to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from feeds.roster import FEEDS
from streams.serving.acks import acks_route, tell_acks
from streams.serving.appealing import appeal_routes
from streams.serving.audits import Audits
from streams.serving.bouncers import bouncers
from streams.serving.check import Check
from streams.serving.contract import contract
from streams.serving.feeding import REFUSAL, UNKNOWN, answering, counted
from streams.serving.people import People
from streams.serving.streaming import stream
from streams.serving.taxii import taxii

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from streams.serving.service import Serving

    Answer = Callable[[Request], Awaitable[Response]]

CROWD = 256  # subscribers at once
EVENTS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]


def application(serving: Serving) -> Starlette:
    """Route what is asked for."""
    routes = [Route(f"/{feed.name}", answering(serving, feed)) for feed in FEEDS]
    return Starlette(
        routes=[
            Route("/check", check := Check(serving)),  # first: it is asked for each visit
            Route("/check/{visited:path}", check, name="check"),
            *routes,
            *bouncers(serving),
            *taxii(serving),
            Route("/events", Events(serving)),
            acks_route(serving),
            Route("/health", health),
            Route("/ready", ready(serving)),
            Route("/metrics", metrics(serving)),
            Route("/openapi.json", described),
            *appeal_routes(serving.appeal_desk),
            *People(serving).routes(),
            *Audits(serving).routes(),
        ]
    )


class Events:
    """An endpoint that streams, for which Starlette wants an ASGI application."""

    def __init__(self, serving: Serving) -> None:
        """Stream what *serving* hears."""
        self.serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Follow the block list until the client goes."""
        serving, busy = self.serving, len(self.serving.hub) >= CROWD
        status = 200 if serving.subscription.knows and not busy else 503
        counted(serving, "events", status)
        if status == 503:
            why = "too many subscribers; try later\n" if busy else UNKNOWN
            refusal: ASGIApp = Response(why, 503, REFUSAL, "text/plain")
            await refusal(scope, receive, send)
            return
        last = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
        await stream(serving.hub.follow(last), EVENTS, receive, send)


async def health(_: Request) -> Response:
    """Say that the program runs."""
    return Response("ok\n", media_type="text/plain")


def ready(serving: Serving) -> Answer:
    """Say whether what is in force is known."""

    async def answer(_: Request) -> Response:
        if serving.subscription.knows:
            return Response("ok\n", media_type="text/plain")
        return Response(UNKNOWN, 503, REFUSAL, "text/plain")

    return answer


def metrics(serving: Serving) -> Answer:
    """Tell Prometheus."""

    async def answer(_: Request) -> Response:
        serving.tell()
        await tell_acks(serving)
        return Response(generate_latest(serving.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return answer


async def described(_: Request) -> Response:
    """Say what is answered here, as OpenAPI."""
    return JSONResponse(contract())
