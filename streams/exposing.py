"""Exposing: answer Prometheus at /metrics, and whoever asks /health, from a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from socket import AF_INET6
from threading import Thread
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.simple_server import WSGIServer
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from prometheus_client import CollectorRegistry

METRICS, FAUST, HEALTH = "/metrics", "/metrics/faust", "/health"
TEXT = (
    ("Content-Type", "text/plain; charset=utf-8"),
)  # copied for each answer, for wsgiref adds to it


class _SixServer(ThreadingWSGIServer):
    """A server at an IPv6 address; socketserver knows no other way."""

    address_family = AF_INET6


class _Silent(WSGIRequestHandler):
    """A handler that writes no line for each scrape; wsgiref knows no other way."""

    timeout = 10  # seconds that a connection may say nothing: each costs a thread

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A server that answers until it is closed."""

    server: WSGIServer
    port: int  # the real one, where 0 was asked for

    def close(self) -> None:
        """Stop answering; the port is free afterwards."""
        self.server.shutdown()
        self.server.server_close()


def expose(
    registry: CollectorRegistry,
    host: str,
    port: int,
    *,
    faust: CollectorRegistry | None = None,
    trouble: Callable[[], str] = str,
) -> Exposure:
    """Serve metrics at host:port (0: any free port); OSError where that is taken.

    /health is 200 while *trouble* gives "", else 503 with what it gives. *faust*'s own metrics
    stand apart, at /metrics/faust.
    """
    pages = {METRICS: make_wsgi_app(registry), HEALTH: _health(trouble)}
    if faust is not None:
        pages[FAUST] = make_wsgi_app(faust)
    family = _SixServer if ":" in host else ThreadingWSGIServer
    server = make_server(host, port, _routed(pages), family, handler_class=_Silent)
    Thread(target=server.serve_forever, name="exposing", daemon=True).start()
    return Exposure(server, server.server_port)


def _routed(pages: Mapping[str, WSGIApplication]) -> WSGIApplication:
    def answer(environment: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        page = pages.get(environment["PATH_INFO"])
        if page is not None:
            return page(environment, start)
        start("404 Not Found", list(TEXT))
        return ["".join(f"{path}\n" for path in pages).encode()]

    return answer


def _health(trouble: Callable[[], str]) -> WSGIApplication:
    def answer(_: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        wrong = trouble()
        start("503 Service Unavailable" if wrong else "200 OK", list(TEXT))
        return [f"{wrong or 'ok'}\n".encode()]

    return answer
