"""Watching: what the topics say of a live platform, as one picture; pure, time comes in."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

import msgspec

from actors.features import MINUTE
from enforcement.decision import Action
from enforcement.effect import SITE as SPARED
from streams.picture import Picture, Row
from streams.posted import Posted
from streams.wire.orders import read_order
from streams.wire.summaries import SITE, read_summary

if TYPE_CHECKING:
    from streams.posted import News

    Recent = deque[tuple[float, str]]  # when, in seconds since 1970, and what

KEPT = 20_000  # decisions whose reasons are remembered: far more than ever are in sight
SIGHT = 100  # rows: more lines no terminal has


@dataclass(frozen=True, slots=True)
class Told:
    """One record of a topic."""

    topic: str
    key: bytes | None
    value: bytes | None
    at: int  # its timestamp, milliseconds since 1970


class Decided(msgspec.Struct):
    """The part of a decision that the block list does not tell."""

    id: str
    action: str
    families: tuple[str, ...]


class Watching:
    """Hears records of the topics, each topic in its order."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.posted = Posted()
        self._reasons: dict[str, str] = {}  # id of a decision → families
        self._orders = {SPARED: "the site's own word"}  # id of an order → who, and why
        self._decided: Recent = deque()
        self._rejected: Recent = deque()
        self._counts: deque[tuple[float, int]] = deque()  # when, messages so far in access-log
        self._judged: int | None = None
        self._told = 0.0  # when that was said

    def hear(self, told: Told, now: float) -> list[News]:
        """Take a record at *now*, seconds since 1970; give what it changes of what is in force.

        What nobody can read changes nothing.
        """
        if told.topic == "blocklist":
            return self.posted.hear(told.key, told.value, told.at, now)
        take = {
            "decisions": self._decide,
            "orders": self._order,
            "rejects": self._reject,
            "summaries": self._sum_up,
        }
        with suppress(ValueError):
            take[told.topic](told.value or b"", told.at / 1000)
        return []

    def count(self, messages: int, now: float) -> None:
        """Know how many messages access-log has ever had."""
        self._counts.append((now, messages))
        while self._counts[0][0] < now - MINUTE:
            self._counts.popleft()

    def row(self, key: str, now: float) -> Row | None:
        """Say what is in force about somebody; None where nothing is."""
        entry, end = self.posted.get(key)
        if entry is None:
            return None
        because = self._orders.get(entry.reference) or self._reasons.get(entry.reference, "")
        return Row(entry, end - now, because)

    def picture(self, now: float) -> Picture:
        """Say how things stand at *now*, seconds since 1970."""
        self.posted.expire(now)
        entries = self.posted.entries()
        blocks = [entry for entry in entries if entry.action is Action.BLOCK]
        owners = [entry.owners for entry in blocks]
        newest = nlargest(SIGHT, entries, key=lambda entry: (entry.since, entry.key))
        return Picture(
            judged=self._judged,
            behind=self._behind(now),
            force=Counter(entry.word for entry in entries),
            decided=Counter(lately(self._decided, now)),
            rejects=sum(map(int, lately(self._rejected, now))),
            arriving=self._arriving(),
            pictures=sum(entry.pictures for entry in blocks),
            owners=(max(owners, default=0), sum(owners)),
            rows=[row for entry in newest if (row := self.row(entry.key, now))],
        )

    def _decide(self, value: bytes, at: float) -> None:
        decided = msgspec.json.decode(value, type=Decided)
        self._decided.append((at, decided.action))
        self._reasons[decided.id] = ", ".join(decided.families)
        if len(self._reasons) > KEPT:
            del self._reasons[next(iter(self._reasons))]

    def _order(self, value: bytes, at: float) -> None:  # noqa: ARG002 - as the others
        order = read_order(value)
        self._orders[order.id] = f"{order.by}: {order.reason}"

    def _reject(self, value: bytes, at: float) -> None:
        self._rejected.append((at, str(value.count(b"\n") + 1)))

    def _sum_up(self, value: bytes, at: float) -> None:
        summary = read_summary(value)
        if summary.shard == SITE:
            self._judged, self._told = (summary.closed + 1) * MINUTE, at

    def _behind(self, now: float) -> float | None:
        """Tell how late the last minute was judged, or how overdue the next is, if that is more."""
        if self._judged is None:
            return None
        return max(self._told - self._judged, now - self._judged - MINUTE, 0.0)

    def _arriving(self) -> float:
        if len(self._counts) < 2:
            return 0.0
        (since, before), (until, after) = self._counts[0], self._counts[-1]
        return (after - before) / (until - since)


def lately(recent: Recent, now: float) -> list[str]:
    """List what happened in the last minute, and forget what came before."""
    while recent and recent[0][0] <= now - MINUTE:
        recent.popleft()
    return [what for _, what in recent]
