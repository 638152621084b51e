"""Edged: harvests that came through a CDN's edges, named by user agent: an edge is nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.event import Field
from actors.frame import Scope
from actors.meetings import Trait
from actors.pairs import Habits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from access.batch import Batch
    from enforcement.decision import Decision

EDGED = f"cohort_{Habits.EDGED.name}".lower()


@dataclass(frozen=True, slots=True)
class Edged:
    """One campaign, as of the last that was said about it."""

    target: str  # its id
    agent: str  # the user agent to the letter, or the browser that all its user agents claim
    first: int  # seconds since 1970 UTC, of the first decision about it
    last: int
    clients: int  # user agents in networks of edges
    pictures: int
    met: float  # times two clients were given one picture
    expected: float  # … as many as readers would be


class EdgedBook:
    """Keeps what was last decided about each, and looks up its user agent's text."""

    def __init__(self) -> None:
        """Know none."""
        self._about: dict[str, tuple[Decision, Decision]] = {}  # the first and the last
        self._texts: dict[int, str] = {}  # by the low 32 bits of a user agent's hash
        self._unnamed: set[int] = set()

    def see(self, batch: Batch, decisions: Iterable[Decision]) -> None:
        """Take what was decided, and the requests in which its user agents may stand."""
        for decision in decisions:
            if is_edged(decision):
                first, _ = self._about.get(decision.target, (decision, decision))
                self._about[decision.target] = first, decision
                if (named := agent_of(decision)) and named not in self._texts:
                    self._unnamed.add(named)
        if self._unnamed and len(batch):
            self._look_up(batch)

    def harvests(self) -> list[Edged]:
        """List them, those that took most first."""
        told = (self._told(first, last) for first, last in self._about.values())
        return sorted(told, key=lambda each: (-each.pictures, each.first, each.target))

    def _look_up(self, batch: Batch) -> None:
        agents, row = np.unique(batch.agent.astype(np.uint32), return_index=True)
        for agent, at in zip(agents.tolist(), row.tolist(), strict=True):
            if agent in self._unnamed:
                self._texts[agent] = batch.text(at, Field.AGENT).decode("utf-8", "backslashreplace")
                self._unnamed.discard(agent)

    def _told(self, first: Decision, last: Decision) -> Edged:
        seen = last.signals[0].evidence
        return Edged(
            target=last.target,
            agent=self._texts.get(agent_of(last), last.agent),
            first=first.at,
            last=last.at,
            clients=int(seen["cohort_networks"]),
            pictures=last.pictures,
            met=seen["cohort_met"],
            expected=seen["cohort_expected"],
        )


def is_edged(decision: Decision) -> bool:
    """Tell whether a decision is about a cohort behind edges."""
    return decision.scope is Scope.COHORT and any(s.evidence.get(EDGED) for s in decision.signals)


def agent_of(decision: Decision) -> int:
    """Give the hash of the one user agent that a cohort has; 0 where it has several."""
    seen = decision.signals[0].evidence
    return int(seen["cohort_value"]) if seen["cohort_trait"] == Trait.AGENT else 0
