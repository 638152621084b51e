"""Redis holds what is in force, whatever happens to it."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from prometheus_client import CollectorRegistry
from redis import Redis

from enforcement.standing import entry_of, pardon_of
from streams.infrastructure import Redis as Place
from streams.metrics import Meters
from streams.posted import Posted
from streams.projecting import MARKER, PREFIX, WRITING, Projection, connected
from streams.wire.entries import written
from tests.enforcement.test_blocklist import decision
from tests.services.redis import NEEDS_REDIS, redis

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.services.redis import RedisServer

pytestmark = NEEDS_REDIS
ONE, TWO = "203.0.113.7", "2001:db8:1:2::/64"
clock = time.time  # noqa: TID251 - Redis lives by it


def tell(posted: Posted, *targets: str, lasts: int = 600) -> None:
    for target in targets:
        entry = entry_of(decision(target, until=lasts))
        posted.hear(target.encode(), written(entry, 0), int(clock() * 1000), clock())


def held(server: RedisServer) -> dict[str, str]:
    with Redis.from_url(server.url, decode_responses=True) as client:
        keys = [*client.scan_iter(f"{PREFIX}*", count=1000)]
        values = client.mget(keys) if keys else []
        return {k.removeprefix(PREFIX): v for k, v in zip(keys, values, strict=True)}


def do(server: RedisServer, *command: str) -> object:
    with Redis.from_url(server.url) as client:
        return client.execute_command(*command)


@asynccontextmanager
async def kept(server: RedisServer, posted: Posted) -> AsyncIterator[Projection]:
    client = connected(Place(url=server.url))
    projection = Projection(client, posted, Meters.of(CollectorRegistry()), clock)
    task = asyncio.create_task(projection.keep())
    try:
        yield projection
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await client.aclose()


async def soon(true: Callable[[], bool], within: float = 2.0) -> None:
    end = clock() + within
    while not true():
        assert clock() < end, f"not so within {within} s"
        await asyncio.sleep(0.05)


def test_entries_stand_there_with_their_end_and_go_with_a_tombstone(
    redis_server: RedisServer,
) -> None:
    async def scene() -> None:
        posted = Posted()
        tell(posted, ONE, lasts=60)
        async with kept(redis_server, posted) as projection:
            await soon(lambda: held(redis_server) == {ONE: f"block {ONE} 0 BLOCK"})
            tell(posted, TWO)
            projection.hear([(TWO, None)])
            await soon(lambda: held(redis_server).keys() == {ONE, TWO})
            projection.hear(posted.hear(ONE.encode(), None, 0, clock()))
            await soon(lambda: held(redis_server).keys() == {TWO})

    asyncio.run(scene())


def test_an_entry_ends_by_itself_and_a_pardon_does_not(redis_server: RedisServer) -> None:
    async def scene() -> None:
        posted = Posted()
        tell(posted, ONE, lasts=60)
        value = written(pardon_of(TWO, "order"), 0)
        posted.hear(TWO.encode(), value, int(clock() * 1000), clock())
        async with kept(redis_server, posted):
            await soon(lambda: len(held(redis_server)) == 2)

    asyncio.run(scene())
    left = do(redis_server, "PTTL", PREFIX + ONE)
    assert isinstance(left, int)
    assert 50_000 < left <= 60_000
    assert do(redis_server, "PTTL", PREFIX + TWO) == -1


@pytest.mark.parametrize("loss", ["flush", "restart", "older state"])
def test_what_redis_lost_is_written_again_within_two_seconds(
    redis_server: RedisServer, loss: str
) -> None:
    def lose() -> None:
        if loss == "flush":
            do(redis_server, "FLUSHALL")
        elif loss == "restart":
            redis_server.kill9()
            redis_server.start()
        else:
            do(redis_server, "DEL", PREFIX + ONE)
            do(redis_server, "SET", MARKER, "0 0")
            do(redis_server, "SET", PREFIX + "203.0.113.99", "block gone")

    async def scene() -> None:
        posted = Posted()
        tell(posted, ONE, TWO)
        async with kept(redis_server, posted):
            await soon(lambda: len(held(redis_server)) == 2)
            lose()
            await soon(lambda: held(redis_server).keys() == {ONE, TWO})

    asyncio.run(scene())


def test_while_redis_does_not_answer_nothing_waits_and_then_all_is_there(
    redis_server: RedisServer,
) -> None:
    async def scene() -> None:
        posted = Posted()
        tell(posted, ONE)
        async with kept(redis_server, posted) as projection:
            up = projection.meters.projection_up.labels("redis")
            await soon(lambda: len(held(redis_server)) == 1)
            redis_server.kill9()
            tell(posted, TWO)
            projection.hear([(TWO, None)])
            await soon(lambda: up._value.get() == 0)  # noqa: SLF001 - nothing else reads one back
            redis_server.start()
            await soon(lambda: held(redis_server).keys() == {ONE, TWO}, 3)

    asyncio.run(scene())


def test_thirty_thousand_entries_are_written_in_seconds(redis_server: RedisServer) -> None:
    async def scene() -> float:
        posted = Posted()
        tell(posted, *(f"203.{n >> 16}.{n >> 8 & 255}.{n & 255}" for n in range(30_000)))
        began = clock()
        async with kept(redis_server, posted):
            await soon(lambda: do(redis_server, "GET", MARKER) not in {None, WRITING}, 30)
        assert do(redis_server, "DBSIZE") == 30_001
        return clock() - began

    assert asyncio.run(scene()) < 20


def test_it_stops_in_the_middle_of_writing_the_whole(redis_server: RedisServer) -> None:
    async def scene() -> None:
        posted = Posted()
        tell(posted, *(f"203.0.{n >> 8}.{n & 255}" for n in range(10_000)))
        async with kept(redis_server, posted):
            await soon(lambda: do(redis_server, "DBSIZE") != 0)

    asyncio.run(asyncio.wait_for(scene(), 5))


def test_the_password_is_read_from_its_file(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("made up\n")

    async def scene(place: Place) -> bool:
        client = connected(place)
        try:
            return bool(await client.set("a", "b"))
        finally:
            await client.aclose()

    with redis(tmp_path / "redis", "'made up'") as server:
        assert asyncio.run(scene(Place(server.url, password_file=str(secret))))
