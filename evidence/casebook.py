"""Casebook: goes through batches and decisions, and keeps a case for everybody acted upon."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from access.event import Kind
from enforcement.decision import Action
from evidence.case import Case
from evidence.holds import ACTIONS, NOBODY, Holds
from evidence.pictures import Pictures
from evidence.takings import Takings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from actors.frame import Scope
    from enforcement.decision import Decision
    from evidence.samples import Samples
    from evidence.takings import Taken


class Casebook:
    """Cases in the order in which they were opened. How the log is cut changes nothing.

    A request counts while a decision is in force: at <= its second < until. It counts for one case
    only, so cases add up. Only requests for pictures count.
    """

    def __init__(
        self, *, tick: int = 1, spared: Sequence[str] = (), samples: Samples | None = None
    ) -> None:
        """Know how long a tick lasts (seconds), and of whom no firewall is told.

        Lines are kept in *samples*, and reasons, where somebody will look at them.
        """
        self.saved = 0  # deliveries in the log that a block in force would have refused
        self._numbers: dict[tuple[Scope, int], int] = {}
        self._files: list[list[Decision]] = []  # per case, in order
        self._holds = Holds(tick, spared)
        self._takings = {action: Takings() for action in ACTIONS}
        self._samples = samples

    def see(self, batch: Batch, decisions: Iterable[Decision]) -> Pictures:
        """Take the requests of whole ticks and what was decided on them."""
        for decision in decisions:
            if decision.action in ACTIONS:
                self._file(decision)
        rows = np.flatnonzero(batch.kind == Kind.PICTURE)
        asked = Pictures(
            at=batch.at[rows],
            address=batch.address[rows],
            outcome=batch.outcome[rows],
            held=np.zeros(len(rows), np.bool_),
        )
        if not self._files:
            return asked
        asked = replace(asked, held=self._count(batch, rows))
        self.saved += int(np.count_nonzero(asked.held & asked.delivered))
        return asked

    def cases(self) -> list[Case]:
        """Write down all cases."""
        taken = {action: takings.all(len(self._files)) for action, takings in self._takings.items()}
        return [self._case(number, taken) for number in range(len(self._files))]

    def saved_by(self) -> dict[tuple[str, str], int]:
        """Count the deliveries that each target's blocks would have refused."""
        delivered = self._takings[Action.BLOCK].delivered(len(self._files)).tolist()
        named = ((str(file[0].scope), file[0].target) for file in self._files)
        return dict(zip(named, delivered, strict=True))

    def _file(self, decision: Decision) -> None:
        """Open a case, or go on with it."""
        case = self._numbers.setdefault((decision.scope, decision.key), len(self._files))
        if case == len(self._files):
            self._files.append([])
        known = any(before.action is decision.action for before in self._files[case])
        # Reasons are kept once for each action, and where somebody will read them: a case that
        # comes back daily stays small, and so do a million that nobody looks at.
        told = self._samples is not None and not known
        self._files[case].append(decision if told else replace(decision, signals=()))
        self._holds.add(decision, case)

    def _count(self, batch: Batch, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Count what is held, keep samples, and tell which rows a block holds."""
        case, held = self._holds.assign(batch, rows)
        for action, takings in self._takings.items():
            which = np.flatnonzero(held == action)
            takings.add(case[which], batch, rows[which])
        if self._samples:
            offered = np.flatnonzero(case != NOBODY)
            self._samples.offer(case[offered], batch, rows[offered])
        blocked: NDArray[np.bool_] = held == Action.BLOCK
        return blocked

    def _case(self, number: int, taken: Mapping[Action, Sequence[Taken]]) -> Case:
        decisions = self._files[number]
        action = max(decision.action for decision in decisions)
        because = next(decision for decision in decisions if decision.action is action)
        return Case(
            scope=because.scope,
            target=because.target,
            action=action,
            because=because,
            decisions=tuple(decisions),
            taken=taken[action][number],
            samples=self._samples.of(number) if self._samples else (),
        )
