"""Application: what `hedgerow serve` answers; /openapi.json says it to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from feeds.roster import FEEDS
from streams.serving.appealing import appeal_routes
from streams.serving.conditions import has_it, unpacks
from streams.serving.contract import contract
from streams.serving.streaming import stream

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from feeds.feed import Feed
    from streams.serving.service import Serving

    Answer = Callable[[Request], Awaitable[Response]]

FRESH = 1  # seconds in which a cache need not ask again: an undo has to be everywhere in two
STALE = 5.0  # seconds without word from the broker after which we say so
CROWD = 256  # subscribers at once
REFUSAL = {"Retry-After": "1", "Cache-Control": "no-store"}
UNKNOWN = "what is in force is not known yet; keep what you have\n"
EVENTS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]


def application(serving: Serving) -> Starlette:
    """Route what is asked for."""
    routes = [Route(f"/{feed.name}", answering(serving, feed)) for feed in FEEDS]
    return Starlette(
        routes=[
            *routes,
            Route("/events", Events(serving)),
            Route("/health", health),
            Route("/ready", ready(serving)),
            Route("/metrics", metrics(serving)),
            Route("/openapi.json", described),
            *appeal_routes(serving.desk),
        ]
    )


def answering(serving: Serving, feed: Feed) -> Answer:
    """Answer with a feed: 200, 304 to who has it, 503 while nobody knows what is in force."""

    async def answer(request: Request) -> Response:
        response = await fed(serving, feed, request)
        counted(serving, feed.name, response.status_code)
        return response

    return answer


async def fed(serving: Serving, feed: Feed, request: Request) -> Response:
    """Write a feed down for one client. An empty body would open the gates: it is never sent."""
    if not serving.subscription.knows:
        return Response(UNKNOWN, 503, REFUSAL, "text/plain")
    page = await serving.pages.page(feed)
    packs = unpacks(request.headers.get("accept-encoding", ""))
    tag = f'"{page.tag}-gzip"' if packs else f'"{page.tag}"'
    headers = {
        "ETag": tag,
        "Last-Modified": page.modified,
        "Cache-Control": f"max-age={FRESH}, must-revalidate",
        "Vary": "Accept-Encoding",
        "X-Hedgerow-Count": str(page.count),
        "X-Hedgerow-Set": page.set,
    }
    if serving.posted.halted:
        headers["X-Hedgerow-Halted"] = serving.posted.halted  # the list is empty, and meant so
    if (age := serving.age()) > STALE:
        headers["X-Hedgerow-Stale"] = str(int(age))  # seconds since we knew all
    if has_it(request.headers, tag, page.modified):
        return Response(None, 304, headers)
    if packs:
        headers["Content-Encoding"] = "gzip"
    return Response(page.packed if packs else page.body, 200, headers, page.media)


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
        return Response(generate_latest(serving.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return answer


async def described(_: Request) -> Response:
    """Say what is answered here, as OpenAPI."""
    return JSONResponse(contract())


def counted(serving: Serving, feed: str, status: int) -> None:
    """Count an answer."""
    serving.meters.feed_requests.labels(feed, f"{status // 100}xx").inc()
