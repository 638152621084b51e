"""Undone: decisions that people undid, so that reading them again brings none of them back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enforcement.blocklist import is_within

if TYPE_CHECKING:
    from enforcement.decision import Decision


@dataclass(slots=True)
class Undone:
    """Forgets each decision at its end; releases are kept, for people give few."""

    ends: dict[str, int] = field(default_factory=dict)  # id → end, seconds since 1970 UTC
    released: dict[str, int] = field(default_factory=dict)  # target → milliseconds by the clock

    def __contains__(self, name: str) -> bool:
        """Tell whether a decision of this id was undone."""
        return name in self.ends

    def add(self, *decisions: Decision) -> None:
        """Undo decisions for good."""
        self.ends.update((decision.id, decision.until) for decision in decisions)

    def release(self, target: str, at: int) -> None:
        """Undo what was decided about a target, or inside it, up to a time by the clock (ms)."""
        self.released[target] = max(self.released.get(target, 0), at)

    def bars(self, decision: Decision, at: int) -> bool:
        """Tell whether a decision, written at a time by the clock (ms), was released after it."""
        return any(
            at <= released and is_within(decision, target)
            for target, released in self.released.items()
        )

    def expire(self, now: int) -> None:
        """Forget what has ended at *now*, seconds of event time."""
        ended = [name for name, until in self.ends.items() if until <= now]
        for name in ended:
            del self.ends[name]
