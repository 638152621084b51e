"""Findings: everything that a report tells, gathered in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enforcement.decision import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.base import Detector
    from enforcement.policy import Policy
    from evidence.campaigns import CampaignCase
    from evidence.case import Case
    from evidence.edged import Edged
    from evidence.gaps import Gaps
    from evidence.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of a log."""

    inputs: Sequence[str]  # the names of the logs
    first: int  # seconds since 1970 UTC, of the first and last request
    last: int
    lines: int
    pictures: int  # delivered
    saved: int  # … of which blocks in force would have refused
    cases: Sequence[Case]
    timeline: Timeline
    gaps: Gaps
    detectors: Sequence[Detector]
    policy: Policy
    settings: str  # hash
    rules: str  # hash
    campaigns: Sequence[CampaignCase] = ()
    edged: Sequence[Edged] = ()  # harvests that came through a CDN's edges

    def of(self, action: Action) -> list[Case]:
        """List the cases of an action, those that took most first."""
        cases = (case for case in self.cases if case.action is action)
        return sorted(cases, key=_weight)

    @property
    def blocked(self) -> list[Case]:
        """List the cases that were blocked."""
        return self.of(Action.BLOCK)

    @property
    def challenged(self) -> list[Case]:
        """List the cases that were challenged at most."""
        return self.of(Action.CHALLENGE)


def _weight(case: Case) -> tuple[int, int, str]:
    return -(case.because.pictures + case.taken.delivered), case.because.at, case.target
