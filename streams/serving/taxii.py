"""Taxii: STIX objects by TAXII 2.1, to be read; a collection for each action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from starlette.responses import Response
from starlette.routing import Route

from feeds.shelf import moment_of
from feeds.stix import MEDIA as STIX
from streams.serving.feeding import REFUSAL, UNKNOWN, counted
from streams.serving.matching import Match
from streams.serving.shelves import COLLECTIONS, Shelves

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from feeds.shelf import Kept
    from streams.serving.service import Serving

    Answer: TypeAlias = Callable[[Request], Awaitable[Response]]

MEDIA = "application/taxii+json;version=2.1"
ROOT = "/taxii2/hedgerow/"
PLACE = f"{ROOT}collections/{{collection}}/"
LONGEST = 1_048_576  # bytes that a client may send; each root must say it, and none is taken
DISCOVERY = {"title": "Hedgerow", "default": ROOT, "api_roots": [ROOT]}
SPOKEN = {"title": "Hedgerow", "versions": [MEDIA], "max_content_length": LONGEST}


def taxii(serving: Serving) -> list[Route]:
    """Route what is asked for."""
    shelves = Shelves(serving.pages, serving.now)
    listed = {"collections": [described(*pair) for pair in COLLECTIONS.items()]}
    answers: dict[str, Answer] = {
        "/taxii2/": fixed(DISCOVERY),
        ROOT: fixed(SPOKEN),
        f"{ROOT}collections/": fixed(listed),
        PLACE: collection,
        f"{PLACE}objects/": paged(shelves, lambda kept: kept.body),
        f"{PLACE}manifest/": paged(shelves, noted),
    }
    return [Route(path, guarded(serving, answer)) for path, answer in answers.items()]


def guarded(serving: Serving, answer: Answer) -> Answer:
    """Answer only what is known, about what there is, to who asks for what can be read."""

    async def guard(request: Request) -> Response:
        if not serving.subscription.knows:
            response = Response(UNKNOWN, 503, REFUSAL, "text/plain")
        elif request.path_params.get("collection", next(iter(COLLECTIONS))) not in COLLECTIONS:
            response = said({"title": "no such collection", "http_status": "404"}, 404)
        else:
            try:
                response = await answer(request)
            except ValueError as error:
                response = said({"title": str(error), "http_status": "400"}, 400)
        counted(serving, "taxii", response.status_code)
        return response

    return guard


def fixed(told: object) -> Answer:
    """Answer everybody alike."""

    async def answer(_: Request) -> Response:
        return said(told)

    return answer


async def collection(request: Request) -> Response:
    """Describe one collection."""
    name = request.path_params["collection"]
    return said(described(name, COLLECTIONS[name]))


def paged(shelves: Shelves, write: Callable[[Kept], object]) -> Answer:
    """Answer with what is asked for of a collection, as many at once as are allowed."""

    async def answer(request: Request) -> Response:
        match = Match.of(request.query_params.multi_items())
        shelf = await shelves.filled(COLLECTIONS[request.path_params["collection"]])
        page, more = match.page(shelf)
        if not page:
            return said({"more": False})
        first, last = (moment_of(kept.added / 1e6) for kept in (page[0], page[-1]))
        dates = {"X-TAXII-Date-Added-First": first, "X-TAXII-Date-Added-Last": last}
        onward = {"next": str(page[-1].added)} if more else {}
        told = {"more": more, **onward, "objects": [write(kept) for kept in page]}
        return said(told, 200, dates)

    return answer


def noted(kept: Kept) -> dict[str, str]:
    """Write an entry of a manifest."""
    body, added = kept.body, moment_of(kept.added / 1e6)
    return {
        "id": body["id"],
        "date_added": added,
        "version": body["modified"],
        "media_type": STIX,
    }


def described(name: str, word: str) -> dict[str, Any]:
    """Describe a collection."""
    reading = {"can_read": True, "can_write": False, "media_types": [STIX]}
    return {"id": name, "title": f"Hedgerow: {word}", **reading}


def said(told: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer as TAXII does."""
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(msgspec.json.encode(told), status, kept, MEDIA)
