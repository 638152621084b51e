"""Case: one target that was blocked or challenged, why, and what it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actors.frame import Scope
    from enforcement.decision import Action, Decision
    from evidence.samples import Sample
    from evidence.takings import Taken


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a target against which there is a block or a challenge.

    What it took before is in `because`: distinct pictures and owners of the 30 days until then.
    """

    scope: Scope
    target: str
    action: Action  # the strongest: BLOCK or CHALLENGE
    because: Decision  # the first that strong
    decisions: tuple[Decision, ...]  # all blocks and challenges, in order
    taken: Taken  # while `action` was in force
    samples: tuple[Sample, ...]  # lines of picture requests, from the tick that was decided on

    @property
    def until(self) -> int:
        """The end of the last decision, seconds since 1970 UTC."""
        return max(decision.until for decision in self.decisions)

    @property
    def agents(self) -> tuple[bytes, ...]:
        """The user agents of the sample lines, in order."""
        return tuple(dict.fromkeys(sample.agent for sample in self.samples))
