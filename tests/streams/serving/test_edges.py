"""Nginx and Caddy, set up as docs/firewalls/proxies.md says, ask `serve` for each visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.feeds.firewalls import copied
from tests.services.java import LACKING
from tests.services.ports import until
from tests.services.programs import needs
from tests.streams.serving.edges import (
    BLOCKED,
    CHALLENGED,
    DEGRADED,
    HOME,
    READER,
    SIX,
    SLOWED,
    ask,
    caddy,
    nginx,
    service,
)
from tests.streams.serving.served import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.streams.serving.edges import Served

TEXT = (HOME / "docs/firewalls/proxies.md").read_text("utf-8")
SERVED = (200, "/i/1.jpg")
pytestmark = pytest.mark.skipif(bool(LACKING), reason=str(LACKING))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with service(tmp_path_factory.mktemp("serve")) as running:
        yield running


@pytest.fixture(scope="module")
def by_nginx(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    http, server = copied("nginx", TEXT)
    http = http.replace("8087", str(served.port))
    with nginx(tmp_path_factory.mktemp("nginx"), http, server) as (port, _):
        yield port


@pytest.fixture(scope="module")
def by_caddy(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with caddy(tmp_path_factory.mktemp("caddy"), served.port) as port:
        yield port


def asked(port: int, address: str) -> tuple[int, str]:
    """Ask Caddy as *address*; give status, and what the server behind was told is done."""
    got = Client(port).ask("/i/1.jpg", X_Forwarded_For=address, X_Hedgerow_Action="none")
    return got.status, got.body.decode()


def away(served: Served, open_: Callable[[], bool], shut: Callable[[], bool]) -> None:
    """See whoever is refused get in while the service is killed or frozen, and out again."""
    until(shut, "refused")
    served.process.kill9()
    assert open_()
    served.back()
    until(shut, "refused again")
    served.process.pause()
    try:
        assert open_()
    finally:
        served.process.resume()
    until(shut, "refused at last")


@needs("nginx")
@pytest.mark.parametrize(
    ("visitor", "answer"),
    [
        (READER, SERVED),
        (SLOWED, SERVED),
        (CHALLENGED, (200, "/challenge.html")),
        (DEGRADED, (200, "/small/i/1.jpg")),
    ],
)
def test_nginx_serves_each_visitor_as_was_decided(
    by_nginx: int, visitor: str, answer: tuple[int, str]
) -> None:
    assert ask(by_nginx, visitor) == answer


@needs("nginx")
@pytest.mark.parametrize(("visitor", "cookie"), [(BLOCKED, ""), (SIX, ""), (READER, "sid")])
def test_nginx_refuses_who_is_blocked_and_says_how_to_appeal(
    by_nginx: int, served: Served, visitor: str, cookie: str
) -> None:
    status, said = ask(by_nginx, visitor, cookie=cookie)
    reference = said.split()[-1]

    assert (status, said) == (403, f"refused; reference {reference}\n")
    assert len(reference) == 16
    told = Client(served.port).ask("/appeal", "POST", b'{"reference": "%s"}' % reference.encode())
    assert told.status == 400  # it has no text; 404 would be: no such reference


@needs("nginx")
def test_while_hedgerow_is_away_nginx_serves(by_nginx: int, served: Served) -> None:
    away(
        served,
        lambda: ask(by_nginx, BLOCKED) == SERVED,
        lambda: ask(by_nginx, BLOCKED)[0] == 403,
    )


@needs("caddy")
@pytest.mark.parametrize(
    ("visitor", "answer"),
    [
        (READER, (200, "[pass]")),
        (SLOWED, (200, "[throttle]")),
        (CHALLENGED, (200, "[challenge]")),
        (BLOCKED, (403, "refused; reference")),
    ],
)
def test_caddy_tells_the_server_behind_it_what_was_decided(
    by_caddy: int, visitor: str, answer: tuple[int, str]
) -> None:
    status, said = asked(by_caddy, visitor)

    assert (status, said[: len(answer[1])]) == answer


@needs("caddy")
def test_while_hedgerow_is_away_caddy_serves(by_caddy: int, served: Served) -> None:
    away(
        served,
        lambda: asked(by_caddy, BLOCKED) == (200, "[]"),
        lambda: asked(by_caddy, BLOCKED)[0] == 403,
    )
