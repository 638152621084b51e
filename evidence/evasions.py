"""Evasions: who was challenged or blocked, and went on with the same list as somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.features import Handover, Resumed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enforcement.decision import Action, Decision
    from evidence.case import Case

AFTER = str(Resumed(Handover.AFTER))


@dataclass(frozen=True, slots=True)
class Evasion:
    """One list, before and after a change of identity."""

    target: str  # who was stopped
    action: Action  # by a challenge or a block
    at: int  # when, seconds since 1970 UTC
    decision: str  # its id
    resumed: int  # when the list went on, seconds since 1970 UTC
    by: str  # under which identity
    shown: int  # when that was decided on


def evasions(cases: Iterable[Case]) -> list[Evasion]:
    """List the changes of identity among cases, in order of time; one for each that went on."""
    filed = list(cases)
    known = {decision.id: decision for case in filed for decision in case.decisions}
    found: dict[tuple[str, str], Evasion] = {}
    for case in filed:
        for decision in case.decisions:
            before = known.get(decision.continues or "")
            for after in seconds_after(decision) if before else ():
                one = _evasion(before, decision, after)  # type: ignore[arg-type]  # it is known
                found.setdefault((one.decision, one.by), one)
    return sorted(found.values(), key=lambda each: (each.resumed, each.by))


def seconds_after(decision: Decision) -> Iterator[int]:
    """Tell how long after the former decision the list went on, where this one shows it."""
    yield from (int(s.evidence[AFTER]) for s in decision.signals if s.evidence.get(AFTER))


def _evasion(before: Decision, decision: Decision, after: int) -> Evasion:
    return Evasion(
        target=before.target,
        action=before.action,
        at=before.at,
        decision=before.id,
        resumed=before.at + after,
        by=decision.target,
        shown=decision.at,
    )
