"""Bodies: read what a client sends as JSON, and answer in JSON; sizes are bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from starlette.responses import Response

from streams.records import ENCODER

if TYPE_CHECKING:
    from starlette.requests import Request

T = TypeVar("T")

LARGEST = 16_384  # bytes; an order has a few hundred, a reason four thousand at most


async def asked(request: Request, kind: type[T]) -> T:
    """Read a body; ValueError says what was seen."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            msg = f"expected at most {LARGEST} bytes, saw more"
            raise ValueError(msg)
    return msgspec.json.decode(body, type=kind)


def told(value: object, status: int = 200) -> Response:
    """Answer with an object."""
    headers = {"Cache-Control": "no-store"}
    return Response(ENCODER.encode(value), status, headers, "application/json")


def wrong(why: object, status: int) -> Response:
    """Say what is wrong."""
    return told({"error": str(why)}, status)
