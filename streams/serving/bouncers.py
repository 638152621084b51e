"""Bouncers: answer CrowdSec's bouncers as its local API does, so that each of them is a client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from access.addresses import as_network
from streams.crowdsec.about import about, inside
from streams.crowdsec.asked import Asked
from streams.crowdsec.keyfile import fingerprint
from streams.crowdsec.spoken import listed
from streams.serving.bodies import TooLongError, sent
from streams.serving.conditions import packed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from starlette.requests import Request

    from streams.crowdsec.remedy import Remedy
    from streams.serving.desk import Desk
    from streams.serving.service import Serving

    Answer = Callable[["Desk", Request], Awaitable[Response]]

LARGEST = 1 << 20  # bytes of usage metrics; chosen: bouncers send a few thousand
FEED = "crowdsec"  # as answers are counted


def bouncers(serving: Serving) -> list[Route]:
    """Route what bouncers ask for."""
    return [
        Route("/v1/decisions", checked(serving, decisions)),
        Route("/v1/decisions/stream", checked(serving, stream)),
        Route("/v1/usage-metrics", checked(serving, usage), methods=["POST"]),
    ]


def checked(serving: Serving, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Answer who shows a key, once it is known what is in force, and count it."""

    async def endpoint(request: Request) -> Response:
        response = await given(serving, answer, request)
        serving.meters.feed_requests.labels(FEED, f"{response.status_code // 100}xx").inc()
        return response

    return endpoint


async def given(serving: Serving, answer: Answer, request: Request) -> Response:
    """Answer, or say why not, as CrowdSec does."""
    desk = serving.desk
    if desk is None:
        return refusal(404, "bouncers are not answered: [crowdsec] keys_file names no keys")
    if not desk.keys.allows(request.headers.get("x-api-key", ""), "bouncer"):
        return refusal(403, "access forbidden")
    if not serving.subscription.knows:
        return refusal(503, "what is in force is not known yet; keep what you have")
    desk.open()
    if request.method == "HEAD":
        return Response(media_type="application/json")
    try:
        return await answer(desk, request)
    except ValueError as error:
        return refusal(400, str(error))


async def decisions(desk: Desk, request: Request) -> Response:
    """List what is in force: about an address or a range, or all that the filters let pass."""
    query = request.query_params
    asked, place = Asked.of(query, desk.place.types), query.get("ip") or query.get("range")
    told: Iterable[Remedy] = list(desk.board.told.values())
    if place:
        look = inside if query.get("contains") == "false" else about
        told = look(as_network(place), desk.board.told)
    now, passed = desk.board.now(), filter(asked.wants, told)
    if place:  # a visitor waits, and there are few
        strongest = sorted(passed, key=lambda remedy: remedy.strength, reverse=True)
        return written(msgspec.json.encode(listed(strongest, now)), request)
    return written(
        await asyncio.to_thread(lambda: msgspec.json.encode(listed(passed, now))), request
    )


async def stream(desk: Desk, request: Request) -> Response:
    """Tell a bouncer all, if it starts, else what has changed since it was told."""
    host = request.client.host if request.client else ""
    agent = request.headers.get("user-agent", "")
    who = fingerprint(f"{request.headers['x-api-key']} {host} {agent}")[:16]
    query = request.query_params
    body = await desk.told(
        who, agent, Asked.of(query, desk.place.types), whole=query.get("startup") == "true"
    )
    return await asyncio.to_thread(written, body, request)


async def usage(_: Desk, request: Request) -> Response:
    """Take what a bouncer says it did; nothing of it is kept."""
    try:
        said = msgspec.json.decode(await sent(request, LARGEST))
    except TooLongError as error:
        return refusal(413, str(error))
    except msgspec.DecodeError as error:
        return refusal(400, f"expected JSON: {error}")
    if not isinstance(said, dict) or "remediation_components" not in said:
        return refusal(400, "expected an object with remediation_components")
    return JSONResponse(None, 201)


def written(body: bytes, request: Request) -> Response:
    """Send JSON, packed for who can unpack it."""
    body, headers = packed(body, request.headers.get("accept-encoding", ""))
    return Response(body, 200, headers, "application/json")


def refusal(status: int, message: str) -> Response:
    """Say no as CrowdSec does."""
    return JSONResponse({"message": message}, status)
