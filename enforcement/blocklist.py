"""BlockList: the decisions in force, and the addresses that firewalls are told to refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from actors.frame import Scope
from enforcement.cover import Span, cidrs, holds, joined, span, without
from enforcement.decision import Action, Decision, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable

ADDRESSED = (Scope.ADDRESS, Scope.NETWORK)


class BlockList:
    """A set of decisions: adding twice, in any order, is adding once; each ends by itself."""

    def __init__(self, spared: Iterable[str] = ()) -> None:
        """Never list anything inside *spared* (addresses and CIDRs), whatever is decided."""
        self._decisions: dict[str, Decision] = {}
        self._places: dict[str, Span | None] = {}  # by decision; sessions and accounts have none
        self._released: dict[str, str] = {}  # target → reason
        self._spared = tuple(spared)
        self._holes = joined(map(span, self._spared))

    def __len__(self) -> int:
        """Count the decisions held."""
        return len(self._decisions)

    def apply(self, decision: Decision) -> bool:
        """Add a decision; False when it is there already, or its target is released or spared."""
        place = _place(decision)
        if decision.id in self._decisions or self._is_spared(decision.target, place):
            return False
        self._decisions[decision.id], self._places[decision.id] = decision, place
        return True

    def release(self, target: str, reason: str) -> list[Decision]:
        """Undo all decisions about *target* or inside it, past and to come; give those undone.

        Networks that reach beyond it stay, with a hole.
        """
        self._released[target] = reason
        self._open()
        return self._drop(
            decision
            for decision in self._decisions.values()
            if self._is_spared(decision.target, self._places[decision.id])
        )

    def expire(self, now: int) -> list[Decision]:
        """Drop the decisions that have ended at *now*; give them."""
        return self._drop(d for d in self._decisions.values() if d.until <= now)

    def in_force(self, at: int) -> list[Decision]:
        """List what holds at a time: per target the strongest, then the longest, decision."""
        best: dict[tuple[Scope, str], Decision] = {}
        for decision in sorted(self._decisions.values(), key=_strength):
            if decision.at <= at < decision.until:
                best[decision.scope, decision.target] = decision
        return sorted(best.values(), key=_order)

    def listed(self, at: int) -> list[Decision]:
        """List the blocks of addresses and networks in force at a time, the longest per target."""
        return [
            decision
            for decision in self.in_force(at)
            if decision.action is Action.BLOCK and self._places[decision.id]
        ]

    def cover(self, at: int) -> tuple[str, ...]:
        """Write the blocked addresses and networks as sorted disjoint CIDRs, holes left out."""
        blocked = filter(None, (self._places[decision.id] for decision in self.listed(at)))
        return tuple(cidrs(without(joined(blocked), self._holes)))

    def state(self) -> bytes:
        """Pack what has to survive a restart; the spared are given anew."""
        decisions = sorted(self._decisions.values(), key=lambda decision: decision.id)
        return msgspec.msgpack.encode((decisions, self._released), order="deterministic")

    def restore(self, state: bytes) -> None:
        """Go on from a `state`."""
        decisions, self._released = msgspec.msgpack.decode(state)
        self._decisions = {raw["id"]: _decision(raw) for raw in decisions}
        self._places = {name: _place(decision) for name, decision in self._decisions.items()}
        self._open()

    def _open(self) -> None:
        released = filter(None, map(_span, self._released))
        self._holes = joined([*map(span, self._spared), *released])

    def _drop(self, decisions: Iterable[Decision]) -> list[Decision]:
        dropped = sorted(decisions, key=_order)
        for decision in dropped:
            del self._decisions[decision.id], self._places[decision.id]
        return dropped

    def _is_spared(self, target: str, place: Span | None) -> bool:
        return target in self._released or (place is not None and holds(self._holes, place))


def _place(decision: Decision) -> Span | None:
    """Say where on the internet a decision holds; a session or an account is nowhere."""
    return span(decision.target) if decision.scope in ADDRESSED else None


def _span(target: str) -> Span | None:
    """Read a released target; sessions and accounts are no addresses."""
    try:
        return span(target)
    except ValueError:
        return None


def _strength(decision: Decision) -> tuple[Action, int, str]:
    return decision.action, decision.until, decision.id


def _order(decision: Decision) -> tuple[str, str, int, str]:
    return decision.scope, decision.target, decision.at, decision.id


def _decision(raw: dict[str, Any]) -> Decision:
    """Build a decision of what `msgspec` unpacked."""
    scope = Scope(raw["scope"])
    typed = {
        "scope": scope,
        "action": Action(raw["action"]),
        "signals": tuple(Signal(**{**signal, "scope": scope}) for signal in raw["signals"]),
        "families": tuple(raw["families"]),
        "members": tuple(raw["members"]),
    }
    return Decision(**{**raw, **typed})
