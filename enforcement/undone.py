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
    lifted: dict[str, int] = field(default_factory=dict)  # see `grounds`; → milliseconds

    def __contains__(self, name: str) -> bool:
        """Tell whether a decision of this id was undone."""
        return name in self.ends

    def add(self, *decisions: Decision) -> None:
        """Undo decisions for good."""
        self.ends.update((decision.id, decision.until) for decision in decisions)

    def release(self, target: str, at: int) -> None:
        """Undo what was decided about a target, or inside it, up to a time by the clock (ms)."""
        self.released[target] = max(self.released.get(target, 0), at)

    def lift(self, ground: str, at: int) -> None:
        """Undo what rested on a ground, up to a time by the clock (ms)."""
        self.lifted[ground] = max(self.lifted.get(ground, 0), at)

    def bars(self, decision: Decision, at: int, grace: int) -> bool:
        """Tell whether a decision, written at a time by the clock (ms), is undone already.

        It is if it was written before the release, or so many seconds (*grace*) after it, in which
        machines still judge by what was before.
        """
        if any(at <= self.lifted.get(ground, -1) for ground in grounds(decision)):
            return True
        return any(
            at <= released + 1000 * grace and is_within(decision, target)
            for target, released in self.released.items()
        )

    def expire(self, now: int) -> None:
        """Forget what has ended at *now*, seconds of event time."""
        ended = [name for name, until in self.ends.items() if until <= now]
        for name in ended:
            del self.ends[name]


def ordered(decision: Decision) -> tuple[str, ...]:
    """Name what a person's decision rests on: "order:…", and "AS64500" where that was about it."""
    if not decision.order:
        return ()
    return (f"order:{decision.order}", *([decision.system] if decision.system else []))


def grounds(decision: Decision) -> tuple[str, ...]:
    """Name what a decision rests on, as a release of all of it names it.

    "campaign:…", "rules:…" (hash of detectors and their versions), "agent:…" (what the user agent
    claimed, see enforcement/claimed.py), "ja4:…" (how its client began TLS) and "detector:…" for
    each.
    """
    named = [f"detector:{name}" for name in decision.detectors]
    campaign = [f"campaign:{decision.campaign}"] if decision.campaign else []
    agent = [f"agent:{decision.agent}"] if decision.agent else []
    ja4 = [f"ja4:{decision.ja4}"] if decision.ja4 else []
    return (f"rules:{decision.rules}", *campaign, *agent, *ja4, *named)
