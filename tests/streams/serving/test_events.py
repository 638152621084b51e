"""Events: whoever cannot follow is let go, and costs nothing more."""

from __future__ import annotations

import asyncio

import pytest

from enforcement.standing import entry_of
from streams.posted import Posted
from streams.serving import events
from streams.serving.events import Hub
from tests.enforcement.test_blocklist import decision

ONE = entry_of(decision("203.0.113.7"))
STARTED = 0xABC


async def some(hub: Hub, count: int, last: str = "") -> list[bytes]:
    following = hub.follow(last)
    return [await anext(following) for _ in range(count)]


def test_who_lags_too_far_behind_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "BEHIND", 2)

    async def scene() -> int:
        hub = Hub(Posted(), STARTED)
        following = hub.follow()
        await anext(following)
        hub.hear([(ONE.key, ONE)] * 3)
        assert len(hub) == 0
        return len([piece async for piece in following])

    assert asyncio.run(scene()) <= 2


def test_a_large_snapshot_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PIECE", 10)

    pieces = asyncio.run(some(Hub(Posted(), STARTED), 3))

    assert [len(piece) for piece in pieces] == [10, 10, 10]
    assert b"".join(pieces).startswith(b"id: abc-0\nevent: snapshot")


@pytest.mark.parametrize(
    ("last", "event"),
    [
        ("abc-1", b": nothing new"),
        ("abc-0", b"id: abc-1\nevent: add"),
        ("abc-2", b"id: abc-1\nevent: snapshot"),
        ("abd-1", b"id: abc-1\nevent: snapshot"),
        ("abc--1", b"id: abc-1\nevent: snapshot"),
        ("nonsense", b"id: abc-1\nevent: snapshot"),
    ],
)
def test_one_goes_on_where_one_left_or_is_told_all(last: str, event: bytes) -> None:
    async def scene() -> bytes:
        hub = Hub(Posted(), STARTED)
        hub.hear([(ONE.key, ONE)])
        return (await some(hub, 1, last))[0]

    assert asyncio.run(scene()).startswith(event)


def test_what_was_missed_longer_ago_than_is_kept_is_told_by_a_snapshot() -> None:
    async def scene() -> bytes:
        hub = Hub(Posted(), STARTED)
        hub.hear([(ONE.key, ONE)] * (events.KEPT + 2))
        return (await some(hub, 1, "abc-1"))[0]

    assert b"snapshot" in asyncio.run(scene())[:40]


def test_while_nothing_happens_a_comment_says_that_we_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(events, "HEART", 0.01)

    assert asyncio.run(some(Hub(Posted(), STARTED), 3))[1:] == [events.NOTHING] * 2


def test_what_comes_together_is_told_together_and_written_once() -> None:
    async def scene() -> tuple[bytes, bytes]:
        hub = Hub(Posted(), STARTED)
        one, other = hub.follow(), hub.follow()
        for each in (one, other):
            await anext(each)
        hub.hear([(ONE.key, ONE), (ONE.key, None)])
        hub.hear([(ONE.key, ONE)])
        return await anext(one), await anext(other)

    first, second = asyncio.run(scene())

    assert first == second
    assert [line for line in first.split(b"\n") if line.startswith(b"id")] == [
        b"id: abc-1", b"id: abc-2", b"id: abc-3",
    ]  # fmt: skip
