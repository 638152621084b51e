"""Lack: why somebody was not blocked, although something spoke against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.decision import Action
from evidence.words import counted

if TYPE_CHECKING:
    from enforcement.decision import Decision
    from enforcement.policy import Policy


def lack(decision: Decision, policy: Policy) -> str:
    """Say what was missing to a block; nothing if it is one."""
    if decision.action is Action.BLOCK:
        return ""
    missing = []
    if decision.score < policy.block:
        short = policy.block - decision.score
        missing.append(f"{short:.1f} nats of evidence are missing to the {policy.block:g} it takes")
    if len(decision.families) < policy.families_needed:
        kinds = ", ".join(decision.families) or "none"
        needed = counted(policy.families_needed, "independent kind")
        missing.append(f"it takes {needed} of evidence, and here is {kinds}")
    return "; ".join(missing) or (
        f"at least {counted(policy.people_bound, 'user agent')} load pages there, so that people "
        "share it, and people are never blocked for a neighbour"
    )
