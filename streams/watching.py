"""Watching: what the topics say of a live platform, as one picture; pure, time comes in."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from enforcement.decision import Action, Decision
from enforcement.moments import seconds
from streams.folder import decision_of
from streams.posted import Posted
from streams.records import DecisionRecord
from streams.wire.summaries import SITE, read_summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enforcement.standing import Entry

MINUTE = 60
KEPT = 10_000  # decisions whose reasons are remembered: more are never in sight


@dataclass(frozen=True, slots=True)
class Told:
    """One record of a topic."""

    topic: str
    key: bytes | None
    value: bytes | None
    at: int  # its timestamp, milliseconds since 1970


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who is acted upon now."""

    entry: Entry
    left: float  # seconds, may be infinite
    families: tuple[str, ...]  # of evidence; none where a person ordered it


@dataclass(frozen=True, slots=True)
class Picture:
    """How things stand."""

    judged: int | None  # second of event time up to which the whole site is judged
    behind: float | None  # seconds from the end of a minute until it was judged
    force: Mapping[str, int]  # action, or pardon → entries
    decided: Mapping[str, int]  # action → decisions of the last minute
    rejects: int  # lines that could not be read, in the last minute
    pictures: int  # gone by the time that those who are now blocked were blocked
    owners: tuple[int, int]  # of them: at least, at most; two may have hit the same owner
    rows: Sequence[Row]  # the newest first


class Watching:
    """Hears records of decisions, blocklist, summaries and rejects, each topic in order."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.posted = Posted()
        self._reasons: dict[str, tuple[str, ...]] = {}  # id of a decision → families
        self._decided: deque[tuple[float, str]] = deque()  # when, action
        self._rejected: deque[tuple[float, int]] = deque()  # when, lines
        self._judged: int | None = None
        self._told = 0.0  # when that was said

    def hear(self, told: Told, now: float) -> Decision | None:
        """Take a record at *now*, seconds since 1970; give the decision, if it is one.

        What nobody can read changes nothing.
        """
        if told.topic == "blocklist":
            self.posted.hear(told.key, told.value, told.at, now)
        elif told.topic == "rejects" and told.value:
            self._rejected.append((told.at / 1000, told.value.count(b"\n") + 1))
        elif told.topic == "summaries":
            self._sum_up(told)
        elif told.topic == "decisions":
            return self._decide(told)
        return None

    def picture(self, now: float) -> Picture:
        """Say how things stand at *now*, seconds since 1970."""
        self.posted.expire(now)
        for recent in (self._decided, self._rejected):
            while recent and recent[0][0] <= now - MINUTE:  # type: ignore[index]  # see mypy 7768
                recent.popleft()  # type: ignore[attr-defined]
        entries = self.posted.entries()
        blocks = [entry for entry in entries if entry.action is Action.BLOCK]
        owners = [entry.owners for entry in blocks]
        return Picture(
            judged=self._judged,
            behind=self._behind(now),
            force=Counter(entry.word for entry in entries),
            decided=Counter(action for _, action in self._decided),
            rejects=sum(lines for _, lines in self._rejected),
            pictures=sum(entry.pictures for entry in blocks),
            owners=(max(owners, default=0), sum(owners)),
            rows=self._rows(entries, now),
        )

    def _decide(self, told: Told) -> Decision | None:
        try:
            decision = decision_of(msgspec.json.decode(told.value or b"", type=DecisionRecord))
        except ValueError:
            return None
        self._decided.append((told.at / 1000, decision.action.name.lower()))
        self._reasons[decision.id] = decision.families
        if len(self._reasons) > KEPT:
            del self._reasons[next(iter(self._reasons))]
        return decision

    def _sum_up(self, told: Told) -> None:
        try:
            summary = read_summary(told.value or b"")
        except ValueError:
            return
        if summary.shard == SITE:
            self._judged, self._told = (summary.closed + 1) * MINUTE, told.at / 1000
