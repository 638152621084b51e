"""Feeding: answer with a feed, whole or the part of it that a client wishes for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from feeds.wish import Wish
from streams.serving.conditions import has_it, unpacks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from feeds.feed import Feed
    from streams.serving.pages import Page
    from streams.serving.service import Serving

    Answer = Callable[[Request], Awaitable[Response]]

FRESH = 1  # seconds in which a cache need not ask again: an undo has to be everywhere in two
STALE = 5.0  # seconds without word from the broker after which we say so
REFUSAL = {"Retry-After": "1", "Cache-Control": "no-store"}
UNKNOWN = "what is in force is not known yet; keep what you have\n"


def answering(serving: Serving, feed: Feed) -> Answer:
    """Answer with a feed: 200, 304 to who has it, 503 while nobody knows what is in force."""

    async def answer(request: Request) -> Response:
        response = await fed(serving, feed, request)
        counted(serving, feed.name, response.status_code)
        return response

    return answer


async def fed(serving: Serving, feed: Feed, request: Request) -> Response:
    """Write a feed down for one client. An empty body would open the gates: it is never sent."""
    try:
        wish = Wish.of(request.query_params.multi_items(), feed.takes)
    except ValueError as error:
        return Response(f"{feed.name}: {error}\n", 400, {"Cache-Control": "no-store"}, "text/plain")
    if not serving.subscription.knows:
        return Response(UNKNOWN, 503, REFUSAL, "text/plain")
    page = await serving.pages.page(feed, wish)
    packs = unpacks(request.headers.get("accept-encoding", ""))
    tag = f'"{page.tag}-gzip"' if packs else f'"{page.tag}"'
    headers = said_of(page, tag)
    if serving.posted.halted:
        headers["X-Hedgerow-Halted"] = serving.posted.halted  # the list is empty, and meant so
    if (age := serving.age()) > STALE:
        headers["X-Hedgerow-Stale"] = str(int(age))  # seconds since we knew all
    if has_it(request.headers, tag, page.modified):
        return Response(None, 304, headers)
    if packs:
        headers["Content-Encoding"] = "gzip"
    return Response(page.packed if packs else page.body, 200, headers, page.media)


def said_of(page: Page, tag: str) -> dict[str, str]:
    """Say of a page what its reader may want to know before it reads it."""
    return {
        "ETag": tag,
        "Last-Modified": page.modified,
        "Cache-Control": f"max-age={FRESH}, must-revalidate",
        "Vary": "Accept-Encoding",
        "X-Hedgerow-Count": str(page.count),
        "X-Hedgerow-Set": page.set,
        **({"X-Hedgerow-Left-Out": str(page.left_out)} if page.left_out else {}),
    }


def counted(serving: Serving, feed: str, status: int) -> None:
    """Count an answer."""
    serving.meters.feed_requests.labels(feed, f"{status // 100}xx").inc()
