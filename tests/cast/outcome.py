"""Outcome: what all decisions on one platform came to, rung by rung."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enforcement.decision import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.cast.effects import Effect, Rows, Written


@dataclass(frozen=True, slots=True)
class Outcome:
    """Each effect is that of the rung or of a harder one."""

    degrades: Effect
    throttles: Effect
    challenges: Effect
    blocks: Effect
    found: Effect  # throttled or more, or named as the member of a campaign

    @classmethod
    def of(cls, rows: Rows, decisions: Iterable[Written]) -> Outcome:
        """Work out what decisions, as written to decisions.ndjson, came to."""
        told = list(decisions)
        return cls(
            degrades=rows.effect(_from(Action.DEGRADE, told)),
            throttles=rows.effect(_from(Action.THROTTLE, told)),
            challenges=rows.effect(_from(Action.CHALLENGE, told)),
            blocks=rows.effect(_from(Action.BLOCK, told)),
            found=rows.effect(d for d in told if _rung(d) >= Action.THROTTLE or d.get("campaign")),
        )


def _from(least: Action, decisions: list[Written]) -> list[Written]:
    return [decision for decision in decisions if _rung(decision) >= least]


def _rung(decision: Written) -> Action:
    return Action[str(decision["action"]).upper()]
