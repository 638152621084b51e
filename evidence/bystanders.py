"""Bystanders: how many people looked at pages while a block or a challenge held them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.event import Kind, Outcome
from evidence.holds import ACTIONS, NOBODY, Holds
from evidence.pairs import Pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from access.batch import Batch
    from enforcement.decision import Decision


class Bystanders:
    """Counts, for each target, the distinct sessions that pages were delivered to.

    Who has no session is told apart by user agent. A harvester that loads pages counts as one, too.
    """

    def __init__(self, tick: int, spared: Sequence[str]) -> None:
        """Know how long a tick lasts (seconds), and who is never held."""
        self._holds, self._people = Holds(tick, spared), Pairs()
        self._cases: dict[tuple[str, str], int] = {}

    def see(self, batch: Batch, decisions: Iterable[Decision]) -> None:
        """Take the requests of whole ticks and what was decided on them."""
        for decision in decisions:
            if decision.action in ACTIONS:
                place = decision.scope.value, decision.target
                self._holds.add(decision, self._cases.setdefault(place, len(self._cases)))
        rows = np.flatnonzero((batch.kind == Kind.PAGE) & (batch.outcome == Outcome.DELIVERED))
        if self._cases and len(rows):
            case, held = self._holds.assign(batch, rows)
            there = held != NOBODY
            person = np.where(batch.session != 0, batch.session, batch.agent)[rows]
            self._people.add(case[there], person[there])

    def counts(self) -> dict[tuple[str, str], int]:
        """Count the people of each scope and target."""
        counted = self._people.counts(len(self._cases)).tolist()
        return dict(zip(self._cases, counted, strict=True))
