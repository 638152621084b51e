"""Streaming: send a body piece by piece to one client, for as long as it takes what is sent."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Send

    Headers: TypeAlias = list[tuple[bytes, bytes]]

SLOW = 10.0  # seconds in which a client takes a piece, or is let go


async def stream(
    pieces: AsyncIterator[bytes], headers: Headers, receive: Receive, send: Send
) -> None:
    """Send *pieces* until they end, the client goes, or it takes nothing any more."""
    sending = asyncio.create_task(_sent(pieces, headers, send))
    leaving = asyncio.create_task(_gone(receive))
    try:
        await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, leaving):
            task.cancel()
        await asyncio.gather(sending, leaving, return_exceptions=True)


async def _sent(pieces: AsyncIterator[bytes], headers: Headers, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    async for piece in pieces:
        async with asyncio.timeout(SLOW):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
