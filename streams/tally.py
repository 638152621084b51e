"""Tally: what a run saw and did, in numbers; what `summary.json` and the closing table show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from access.lateness import no_lags
from enforcement.decision import Action
from enforcement.moments import moment
from evidence.casebook import Casebook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from access.batch import Batch
    from enforcement.decision import Decision
    from evidence.pictures import Pictures
    from streams.pipeline import Step


@dataclass(slots=True)
class Acted:
    """What was done about one target, at its strongest."""

    target: str
    scope: str
    action: str
    at: str  # of the first decision that strong, ISO 8601
    until: str  # of the last
    families: tuple[str, ...]
    score: float  # nats
    pictures: int  # distinct ones gone by then
    owners: int
    saved: int = 0  # deliveries in the log that a block in force would have refused


@dataclass(slots=True)
class Tally:
    """Counts over the steps of a run."""

    lines: int = 0
    requests: int = 0
    rejects: int = 0
    unread: str = ""  # why the first unreadable line was
    lags: NDArray[np.int64] = field(default_factory=no_lags)  # of late requests
    unnamed: int = 0  # requests of no actor: from own machines or private addresses
    pictures: int = 0  # deliveries
    first: int | None = None  # milliseconds since 1970 UTC
    last: int | None = None
    decided: int = 0  # seconds since 1970 UTC; a decision holds from the end of its tick on
    acted: dict[tuple[str, str], Acted] = field(default_factory=dict)
    casebook: Casebook = field(default_factory=Casebook)

    def add(self, step: Step) -> Pictures:
        """Count one step; tell its picture requests, and what blocks would have refused."""
        self.requests += len(step.batch)
        self.rejects += len(step.rejects)
        self.lines = self.requests + self.rejects
        self.lags += step.lags
        if step.rejects and not self.unread:
            self.unread = step.rejects[0].reason
        for decision in step.decisions:
            self.decided = max(self.decided, decision.at)
            self._act(decision)
        self.unnamed += int(np.count_nonzero(step.batch.address == 0))
        self._see(step.batch)
        asked = self.casebook.see(step.batch, step.decisions)
        self.pictures += int(np.count_nonzero(asked.delivered))
        return asked

    @property
    def late(self) -> int:
        """The requests that came too late to be judged in their own tick."""
        return int(self.lags.sum())

    @property
    def saved(self) -> int:
        """The deliveries that a block in force would have refused."""
        return self.casebook.saved

    @property
    def end(self) -> int:
        """The newest event time seen or decided at, in seconds since 1970 UTC; 0 without any."""
        return max((self.last or 0) // 1000, self.decided)

    def _act(self, decision: Decision) -> None:
        key, action = (decision.scope.value, decision.target), decision.action.name.lower()
        before = self.acted.get(key)
        if before is not None and Action[before.action.upper()] > decision.action:
            return
        if before is not None and before.action == action:
            before.until = moment(decision.until)
        else:
            self.acted[key] = Acted(
                target=decision.target,
                scope=decision.scope.value,
                action=action,
                at=moment(decision.at),
                until=moment(decision.until),
                families=decision.families,
                score=decision.score,
                pictures=decision.pictures,
                owners=decision.owners,
            )

    def _see(self, batch: Batch) -> None:
        if not len(batch):
            return
        first, last = int(batch.at.min()), int(batch.at.max())
        self.first = first if self.first is None else min(self.first, first)
        self.last = last if self.last is None else max(self.last, last)

    def summary(self) -> dict[str, Any]:
        """Tell it as plain data, the most pictures first."""
        for name, saved in self.casebook.saved_by().items():
            self.acted[name].saved = saved
        acted = sorted(self.acted.values(), key=lambda a: (-a.pictures, a.target))
        return {
            "lines": self.lines,
            "requests": self.requests,
            "rejects": self.rejects,
            "late": self.late,
            "pictures": self.pictures,
            "saved": self.saved,
            "from": None if self.first is None else moment(self.first // 1000),
            "to": None if self.last is None else moment(self.last // 1000),
            "actions": {a.name.lower(): count(acted, a.name.lower()) for a in Action},
            "acted": [_plain(item) for item in acted],
        }


def _plain(acted: Acted) -> dict[str, Any]:
    """Write an entry as plain data; `asdict` would copy every value, and there may be a million."""
    return {name: getattr(acted, name) for name in Acted.__slots__}


def count(acted: Iterable[Acted], action: str) -> int:
    """Count the targets whose strongest action was this."""
    return sum(item.action == action for item in acted)
