"""Tally: what a run saw and did, in numbers; what `summary.json` and the closing table show."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from access.event import Kind, Outcome
from enforcement.decision import Action
from streams.covering import columns, covered
from streams.records import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from access.batch import Batch
    from enforcement.decision import Decision
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
    late: int = 0
    pictures: int = 0  # deliveries
    saved: int = 0  # … of which a block in force would have refused
    first: int | None = None  # milliseconds since 1970 UTC
    last: int | None = None
    acted: dict[tuple[str, str], Acted] = field(default_factory=dict)
    blocks: list[Decision] = field(default_factory=list)  # that may still be in force

    def add(self, step: Step) -> None:
        """Count one step."""
        self.requests += len(step.batch)
        self.rejects += len(step.rejects)
        self.lines = self.requests + self.rejects
        self.late += step.late
        for decision in step.decisions:
            self._act(decision)
        if len(step.batch):
            self._see(step.batch)

    @property
    def end(self) -> int:
        """The newest event time seen, in seconds since 1970 UTC; 0 where nothing was."""
        return (self.last or 0) // 1000

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
        if decision.action is Action.BLOCK:
            self.blocks.append(decision)

    def _see(self, batch: Batch) -> None:
        first, last = int(batch.at.min()), int(batch.at.max())
        self.first = first if self.first is None else min(self.first, first)
        self.last = last if self.last is None else max(self.last, last)
        delivered = (batch.kind == Kind.PICTURE) & (batch.outcome == Outcome.DELIVERED)
        self.pictures += int(np.count_nonzero(delivered))
        self.blocks = [block for block in self.blocks if block.until * 1000 > first]
        if self.blocks:
            self._save(batch.take(np.flatnonzero(delivered)))

    def _save(self, taken: Batch) -> None:
        """Count what the blocks in force would have refused; each delivery once."""
        refused = np.zeros(len(taken), np.bool_)
        for scope, keys in columns(taken).items():
            blocks = [block for block in self.blocks if block.scope is scope]
            which = covered(keys, taken.at, blocks)
            which[refused] = -1
            refused |= which >= 0
            for number, count in enumerate(np.bincount(which[which >= 0])):
                if count:
                    self.acted[scope.value, blocks[number].target].saved += int(count)
        self.saved += int(np.count_nonzero(refused))

    def summary(self) -> dict[str, Any]:
        """Tell it as plain data, the most pictures first."""
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
            "acted": [asdict(item) for item in acted],
        }


def count(acted: Iterable[Acted], action: str) -> int:
    """Count the targets whose strongest action was this."""
    return sum(item.action == action for item in acted)
