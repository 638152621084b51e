"""Lack: why somebody was not blocked, although something spoke against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.frame import Scope
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
    return "; ".join(missing) or _spared(decision, policy)


def _spared(decision: Decision, policy: Policy) -> str:
    """Say why enough evidence is still no block, as `Policy.bounded` has it."""
    if decision.owners == 1:
        return "all its pictures are of one owner, and that may be who fetches them"
    agents = f"at least {counted(policy.people_bound, 'user agent')}"
    if decision.scope is Scope.NETWORK:
        agents += f", or one for every {1 / policy.people_share:.0f} addresses,"
    return f"{agents} load pages there: people share it, and none is blocked for a neighbour"
