"""Reached: what broker and Redis of the settings answer, as `hedgerow doctor` tells it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from streams.commands.finding import Finding
from streams.infrastructure import Broker
from streams.layout import plan
from streams.secret import exposed
from streams.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.infrastructure import Redis
    from streams.layout import Difference
    from streams.settings import Settings


def services(settings: Settings) -> Iterator[Finding]:
    """Check what settings name; a broker where nobody said where it is may well be none."""
    yield from broker(settings.broker)
    if settings.redis.url:
        yield redis(settings.redis)
    for path in (settings.broker.password_file, settings.redis.password_file):
        if exposed(path):
            yield Finding(f"every user can read {path}", f"chmod o-r {path}", needed=False)


def broker(place: Broker) -> Iterator[Finding]:
    """Check that Kafka answers, and that its topics are as they should be."""
    from streams.administering import administering, existing  # noqa: PLC0415 - Kafka's client

    try:
        with administering(place) as admin:
            differences = plan(place, existing(admin))
    except (ValueError, ConnectionError) as error:
        yield Finding(str(error), "start it, or correct [broker]", needed=place != Broker())
        return
    yield Finding(f"Kafka at {place.bootstrap} ({place.protocol})")
    if not differences:
        yield Finding(f"{len(TOPICS)} topics")
    yield from map(topic, differences)


def topic(difference: Difference) -> Finding:
    """Tell how to mend a topic; what may be meant so is no error."""
    mend = "hedgerow topics create" if difference.missing or difference.grows else "meant so?"
    return Finding(f"topic {difference}", mend, needed=difference.missing)


def redis(place: Redis) -> Finding:
    """Check that Redis answers, and that somebody keeps it current."""
    from redis.exceptions import RedisError  # noqa: PLC0415 - so is this

    try:
        written = asyncio.run(marked(place))
    except (ValueError, OSError, RedisError) as error:
        return Finding(f"Redis: {error}", "start it, or correct [redis]")
    mend = "" if written else "no worker has written to it yet"
    return Finding(f"Redis{' with a block list' if written else ''}", mend, needed=False)


async def marked(place: Redis) -> bool:
    """Ask Redis whether the block list stands there."""
    from streams.projecting import MARKER, connected  # noqa: PLC0415 - Redis' client

    client = connected(place)
    try:
        return bool(await client.exists(MARKER))
    finally:
        await client.aclose()
