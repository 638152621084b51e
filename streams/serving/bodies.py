"""Bodies: read what a client sends, and answer in JSON; sizes are bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from starlette.responses import Response

from streams.records import ENCODER

if TYPE_CHECKING:
    from starlette.requests import Request

T = TypeVar("T")

LARGEST = 16_384  # bytes; an order has a few hundred, a reason four thousand at most


class TooLongError(ValueError):
    """More was sent than anybody needs."""


async def sent(request: Request, most: int) -> bytes:
    """Read a body of so many bytes at most; TooLongError where it has more."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            msg = f"expected at most {most:,} bytes, saw more"
            raise TooLongError(msg)
    return body


async def asked(request: Request, kind: type[T]) -> T:
    """Read an object; ValueError says what was seen."""
    return msgspec.json.decode(await sent(request, LARGEST), type=kind)


def told(value: object, status: int = 200) -> Response:
    """Answer with an object."""
    headers = {"Cache-Control": "no-store"}
    return Response(ENCODER.encode(value), status, headers, "application/json")


def wrong(why: object, status: int) -> Response:
    """Say what is wrong."""
    return told({"error": str(why)}, status)
