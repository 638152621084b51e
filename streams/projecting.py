"""Projecting: keep in Redis who is refused, so that edges can look each visitor up.

`hedgerow:block:<key of the entry>` holds `<action> <reference>` and ends by itself. `hedgerow:set`
names what was written last; when it is gone or another, Redis was emptied or fell back to an older
state, and all is written again.
"""

from __future__ import annotations

import asyncio
import math
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, WatchError

from streams.secret import secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from redis.asyncio.client import Pipeline

    from streams.infrastructure import Redis as Place
    from streams.metrics import Meters
    from streams.posted import News, Posted

T = TypeVar("T")

PREFIX = "hedgerow:block:"
MARKER = "hedgerow:set"
WRITING = b"being written"  # what the marker says meanwhile
CHUNK = 2000  # commands sent at once; a few milliseconds of Redis' time
MANY = 20_000  # changes; more are written as quickly by writing the whole
LOOK = 1.0  # seconds between two looks at the marker
SOON = 0.25  # seconds until the first attempt after Redis did not answer
SLOWEST = 5.0  # seconds between two attempts, while Redis does not answer
PATIENCE = 2.0  # seconds in which Redis answers, or is held to be down
TROUBLES = (RedisError, OSError)


def connected(place: Place) -> Redis:
    """Make a client of [redis]; it connects when it is used. ValueError says what is wrong there.

    It tries nothing twice by itself: what was lost with a connection is known only here.
    """
    password = secret(place.password_file, "redis.password_file") if place.password_file else None
    return Redis.from_url(
        place.url,
        username=place.user or None,
        password=password,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )


class Projection:
    """Follows `Posted`: `hear` never waits; `keep` writes, for as long as it takes."""

    def __init__(
        self, client: Redis, posted: Posted, meters: Meters, now: Callable[[], float]
    ) -> None:
        """Write all of *posted* first; *now* gives seconds since 1970 by the clock."""
        self.client, self.posted, self.meters, self.now = client, posted, meters, now
        self._changed: dict[str, None] = {}
        self._whole = True
        self._woken = asyncio.Event()
        self._marker = b""
        self._prints: dict[str, int] = {}  # key → fingerprint of what was written there
        self._set = 0  # all of them in one, whatever their order

    def hear(self, news: Iterable[News]) -> None:
        """Note which entries to write next."""
        self._changed.update((key, None) for key, _ in news)
        self._whole |= len(self._changed) > MANY
        self._woken.set()

    async def keep(self) -> None:
        """Keep Redis current until cancelled; while it is down, try again and again."""
        pause = SOON
        while True:
            heed()
            try:
                await self.look()
            except TROUBLES:
                self._whole = True
                self.meters.projection_up.labels("redis").set(0)
                await asyncio.sleep(pause)
                pause = min(2 * pause, SLOWEST)
            else:
                self._tell()
                pause = SOON
                await self._wait()

    async def look(self) -> None:
        """Write what has changed, and all of it where Redis lost something."""
        if not self._whole:
            self._whole = not await self.apply()
        if self._whole:
            self._whole = not await self.sync()

    async def apply(self) -> bool:
        """Write what has changed; False where Redis lost something, and nothing is written."""
        changed, self._changed = list(self._changed), {}
        if not changed:
            return bool(await self.client.get(MARKER) == self._marker)
        return await self._commit(changed)

    async def sync(self) -> bool:
        """Write the whole, take away what is no longer in force; False where Redis lost it again.

        A hundred thousand entries take some seconds, in which nothing else waits for long.
        """
        self._changed, self._prints, self._set, self._marker = {}, {}, 0, WRITING
        await self.client.set(MARKER, WRITING)
        for keys in chunks(self.posted.keys()):
            heed()
            async with self.client.pipeline(transaction=False) as pipe:
                self._write(pipe, keys)
                await pipe.execute()
        await self._sweep()
        return await self._commit([])

    async def _commit(self, changed: Sequence[str]) -> bool:
        """Write entries and the marker at once, where the marker still says what we wrote last."""
        async with self.client.pipeline(transaction=True) as pipe:
            await pipe.watch(MARKER)
            if await pipe.get(MARKER) != self._marker:
                return False
            pipe.multi()  # type: ignore[no-untyped-call] # it has no types
            self._write(pipe, changed)
            marker = b"%016x %d" % (self._set, self.posted.version)
            pipe.set(MARKER, marker)
            try:
                await pipe.execute()
            except WatchError:
                return False
        self._marker = marker
        return True

    def _write(self, pipe: Pipeline, keys: Iterable[str]) -> None:
        now = self.now()
        for key in keys:
            self._set ^= self._prints.pop(key, 0)
            entry, end = self.posted.get(key)
            if entry is None or end <= now:
                pipe.unlink(PREFIX + key)
                continue
            value = f"{entry.word} {entry.reference}"
            left = None if end == math.inf else max(int((end - now) * 1000), 1)
            pipe.set(PREFIX + key, value, px=left)
            self._prints[key] = fingerprint(key, value)
            self._set ^= self._prints[key]

    async def _sweep(self) -> None:
        """Take away what stands there and is not in force."""
        found = self.client.scan_iter(f"{PREFIX}*", count=CHUNK)
        names = [name async for name in found]
        prefix = PREFIX.encode()
        strange = [n for n in names if n.removeprefix(prefix).decode() not in self._prints]
        for keys in chunks(strange):
            await self.client.unlink(*keys)

    async def _wait(self) -> None:
        """Rest until there is news, or it is time to look at the marker."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), LOOK)
        self._woken.clear()

    def _tell(self) -> None:
        self.meters.projection_up.labels("redis").set(1)
        self.meters.projection_entries.labels("redis").set(len(self._prints))
        self.meters.projection_timestamp_seconds.labels("redis").set(self.now())


def heed() -> None:
    """Be cancelled, though redis-py, in the middle of a long command, has swallowed that."""
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError


def fingerprint(key: str, value: str) -> int:
    """Name an entry by 64 bits."""
    return int.from_bytes(blake2b(f"{key} {value}".encode(), digest_size=8).digest())


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut into parts that are sent at once."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
