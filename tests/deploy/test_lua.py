"""Nginx with deploy/nginx/hedgerow.lua, set up as docs/firewalls/redis.md says, asks Redis."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from prometheus_client import CollectorRegistry

from enforcement.standing import entry_of, pardon_of
from streams.infrastructure import Redis
from streams.metrics import Meters
from streams.posted import Posted
from streams.projecting import Projection, connected
from tests.enforcement.test_blocklist import decision
from tests.feeds.firewalls import copied
from tests.services.ports import allowed, until
from tests.services.programs import needs
from tests.services.redis import redis
from tests.streams.serving.edges import (
    BLOCKED,
    CHALLENGED,
    DEGRADED,
    HELD,
    READER,
    SIX,
    SLOWED,
    ask,
    nginx,
)
from tests.streams.serving.served import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.services.redis import RedisServer

HOME = Path(__file__).parents[2]
TEXT = f"## nginx\n{(HOME / 'docs/firewalls/redis.md').read_text('utf-8')}"
LUA = Path("/usr/lib/nginx/modules/ngx_http_lua_module.so")
LIBRARY = Path("/usr/share/lua/5.1/nginx/redis.lua")
PATH = "/i/orig/1.jpg"
SPARED = "203.0.113.9"
KEYS = """location = /keys { content_by_lua_block {
    ngx.print(table.concat(hedgerow.keys(ngx.var.binary_remote_addr), " ")) } }"""
SIXES = (
    "2001:db8::1",
    "2001:db8:0:0:1::",
    "2001:0:0:5::1",
    "fe80::1",
    "1:0:0:2::",
    "1::",
    "a:b:c:d::",
)
pytestmark = [
    needs("nginx", "redis-server"),
    pytest.mark.skipif(
        not (LUA.exists() and LIBRARY.exists()),
        reason="libnginx-mod-http-lua or lua-nginx-redis not installed: make services",
    ),
]


class Edge(NamedTuple):
    """An nginx, and the Redis that it asks."""

    port: int
    redis: RedisServer

    def ask(self, address: str, cookie: str = "") -> tuple[int, str]:
        """Ask for a picture; give the status and, where it is served, the body."""
        status, said = ask(self.port, address, PATH, cookie)
        return status, said if status == 200 else ""


def write(server: RedisServer, password: str = "") -> None:
    """Write what is in force as a worker does; *password* stands in a file of the folder."""
    place = Redis(server.url)
    if password:
        secret = server.folder / "password"
        secret.write_text(password)
        secret.chmod(0o600)
        place = replace(place, password_file=str(secret))

    async def scene() -> None:
        posted, now = Posted(), clock()
        for entry in [
            *map(entry_of, HELD),
            entry_of(decision("203.0.113.7")),
            pardon_of(SPARED, "o"),
        ]:
            posted.take(entry, now + 900, now)
        client = connected(place)
        await Projection(client, posted, Meters.of(CollectorRegistry()), clock).look()
        await client.aclose()

    asyncio.run(scene())


@pytest.fixture
def edge(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Edge]:
    """Run both, with the documented lines."""
    password, named = getattr(request, "param", ("", ""))
    with redis(tmp_path / "redis", password) as server:
        write(server, password)
        _, modules, http, location, *_ = copied("nginx", TEXT)
        http = http.replace("/etc/nginx/hedgerow", str(HOME / "deploy/nginx"))
        http = http.replace("6379", str(server.port) + named)
        with nginx(tmp_path, http, location, modules, KEYS) as (port, _):
            yield Edge(port, server)


def test_each_visitor_is_answered_as_was_decided(edge: Edge) -> None:
    many = [edge.ask(SLOWED)[0] for _ in range(30)]
    visitors = (READER, BLOCKED, SIX, SPARED, CHALLENGED, DEGRADED)

    assert [edge.ask(visitor) for visitor in visitors] == [
        (200, PATH), (403, ""), (403, ""), (200, PATH), (307, ""), (200, "/i/thumb/1.jpg"),
    ]  # fmt: skip
    assert edge.ask(READER, "sid") == edge.ask(SPARED, "sid") == (403, "")
    assert edge.ask(READER, "other") == (200, PATH)
    assert (many[0], many[-1]) == (200, 429)


def test_the_keys_that_are_asked_for_are_those_that_are_written(edge: Edge) -> None:
    for address in ("203.0.113.7", "10.255.0.1", *SIXES):
        first = (
            ip_network(address) if ":" not in address else ip_network(f"{address}/64", strict=False)
        )
        widest = 12 if ":" in address else 8
        around = [str(first.supernet(new_prefix=n)) for n in range(first.prefixlen, widest - 1, -1)]
        around[0] = around[0].removesuffix("/32")

        assert ask(edge.port, address, "/keys")[1].split() == [
            f"hedgerow:block:{k}" for k in around
        ]
        assert str(ip_address(address))


def test_an_undo_is_everywhere_in_two_seconds(edge: Edge) -> None:
    before = edge.ask("203.0.113.200")
    posted = Posted()
    asyncio.run(rewritten(edge.redis, posted))
    until(lambda: edge.ask("203.0.113.200") == (200, PATH), "let in", allowed(2))

    assert before == (403, "")


async def rewritten(server: RedisServer, posted: Posted) -> None:
    """Take back all."""
    client = connected(Redis(server.url))
    await Projection(client, posted, Meters.of(CollectorRegistry()), clock).look()
    await client.aclose()


def test_while_redis_is_away_or_frozen_everybody_passes_and_nobody_waits(edge: Edge) -> None:
    shut = (403, "")
    until(lambda: edge.ask(BLOCKED) == shut, "refused")
    edge.redis.pause()
    until(lambda: edge.ask(BLOCKED) == (200, PATH), "let in", allowed(2))
    took = sorted(seconds(edge) for _ in range(40))
    edge.redis.resume()
    until(lambda: edge.ask(BLOCKED) == shut, "refused again")
    edge.redis.kill9()
    until(lambda: edge.ask(BLOCKED) == (200, PATH), "let in again")
    edge.redis.start()
    write(edge.redis)
    until(lambda: edge.ask(BLOCKED) == shut, "refused at last")

    assert took[len(took) // 4] < 0.05  # whoever waits for Redis waits longer, each time


def seconds(edge: Edge) -> float:
    """Tell how long a visitor waits."""
    began = time.monotonic()  # noqa: TID251 - measures a program
    edge.ask(READER)
    return time.monotonic() - began  # noqa: TID251


@pytest.mark.parametrize("edge", [("made-up", '; hedgerow.password = "made-up"')], indirect=True)
def test_a_password_opens_redis_for_each_connection(edge: Edge) -> None:
    assert edge.ask(BLOCKED) == edge.ask("203.0.113.8") == (403, "")


@pytest.mark.parametrize("edge", [("made-up", "")], indirect=True)
def test_a_redis_that_wants_a_password_which_nobody_named_refuses_nobody(edge: Edge) -> None:
    assert edge.ask(BLOCKED) == (200, PATH)
    assert "unauthenticated" in (edge.redis.folder.parent / "error.log").read_text("utf-8")
