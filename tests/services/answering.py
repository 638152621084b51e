"""Answering: a made-up HTTP API on a socket of the test's, which can be told to be in trouble."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, of JSON."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Api(Protocol):
    """What is served."""

    troubles: list[Said]  # given instead of an answer, first in first out
    asked: list[Asked]

    def answer(self, asked: Asked) -> Said:
        """Answer a request; one at a time."""
        ...


@contextmanager
def answering(api: Api, opened: socket.socket) -> Iterator[str]:
    """Serve at a socket that listens; give the URL."""
    server = ThreadingHTTPServer(opened.getsockname(), handler(api), bind_and_activate=False)
    server.socket.close()
    server.socket = opened
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{opened.getsockname()[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def handler(api: Api) -> type[BaseHTTPRequestHandler]:
    """Make what reads requests and writes answers."""
    lock = Lock()

    def said(asked: Asked) -> Said:
        with lock:
            api.asked.append(asked)
            return api.troubles.pop(0) if api.troubles else api.answer(asked)

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    for method in ("GET", "PUT", "POST", "PATCH", "DELETE"):
        setattr(Answering, f"do_{method}", lambda self: respond(self, said))
    return Answering


def respond(to: BaseHTTPRequestHandler, said: Callable[[Asked], Said]) -> None:
    """Read one request, and answer."""
    parts = urlsplit(to.path)
    body = to.rfile.read(int(to.headers.get("Content-Length") or 0))
    headers = {name.lower(): value for name, value in to.headers.items()}
    known = json.loads(body) if body else None
    answer = said(Asked(to.command, parts.path, dict(parse_qsl(parts.query)), headers, known))
    text = json.dumps(answer.body).encode()
    to.send_response(answer.status)
    for name, value in {"Content-Type": "application/json", **answer.headers}.items():
        to.send_header(name, value)
    to.send_header("Content-Length", str(len(text)))
    to.end_headers()
    to.wfile.write(text)
