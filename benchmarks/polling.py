"""Polling: clients that each keep a connection, and ask for a list once a second by its ETag."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from tests.services.ports import HOST

ASKED = "GET /{} HTTP/1.1\r\nHost: hedgerow\r\nAccept-Encoding: gzip\r\n{}\r\n"


@dataclass(slots=True)
class Polled:
    """What clients were answered."""

    statuses: dict[int, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)  # from asking to the last byte

    def count(self, status: int, took: float) -> None:
        """Count an answer."""
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.seconds.append(took)


def polled(port: int, path: str, clients: int, lasts: float) -> Polled:
    """Let clients poll for some seconds, spread over each second."""
    found = Polled()

    async def scene() -> None:
        each = (client(port, path, lasts, number / clients, found) for number in range(clients))
        await asyncio.gather(*each)

    asyncio.run(scene())
    return found


async def client(port: int, path: str, lasts: float, begins: float, found: Polled) -> None:
    """Poll once a second, and say what is had already."""
    reader, writer = await asyncio.open_connection(HOST, port)
    loop, tag = asyncio.get_running_loop(), ""
    start = loop.time() + begins
    for second in range(int(lasts)):
        await asyncio.sleep(max(start + second - loop.time(), 0))
        asked = loop.time()
        writer.write(ASKED.format(path, tag and f"If-None-Match: {tag}\r\n").encode())
        status, tag = await answer(reader)
        found.count(status, loop.time() - asked)
    writer.close()
    await writer.wait_closed()


async def answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    """Read an answer to its end; give its status and its tag."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    lines = [line.partition(": ") for line in head.split("\r\n")[1:]]
    headers = {name.lower(): value for name, _, value in lines}
    await reader.readexactly(int(headers.get("content-length", "0")))
    return int(head.split()[1]), headers.get("etag", "")
