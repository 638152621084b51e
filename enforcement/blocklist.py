"""BlockList: the decisions in force, and the addresses that firewalls are told to refuse."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

import msgspec

from actors.frame import Scope
from enforcement.cover import holds, joined, span
from enforcement.decision import Action, Decision, Reach, Signal
from enforcement.standing import Standing, entry_of, pardon_of
from enforcement.targets import ADDRESSED, is_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class BlockList:
    """A set of decisions: adding twice, in any order, is adding once; each ends by itself."""

    def __init__(self, spared: Iterable[str] = ()) -> None:
        """Never list anything inside *spared* (addresses and CIDRs), whatever is decided."""
        self._decisions: dict[str, Decision] = {}
        self._about: dict[tuple[Scope, str], dict[str, Decision]] = {}  # target → by id
        self._ends: list[tuple[int, str]] = []  # a heap; what was undone stays in it until then
        self._released: dict[str, str] = {}  # target → reason
        self._spared = tuple(spared)
        self._holes = joined(map(span, self._spared))

    def __len__(self) -> int:
        """Count the decisions held."""
        return len(self._decisions)

    def __iter__(self) -> Iterator[Decision]:
        """Go through the decisions held, in no order."""
        return iter(self._decisions.values())

    def __contains__(self, name: str) -> bool:
        """Tell whether a decision of this id is held."""
        return name in self._decisions

    def apply(self, decision: Decision) -> bool:
        """Add a decision; False when it is there already, or its target is released or spared."""
        if decision.id in self._decisions or self._is_spared(decision):
            return False
        self._decisions[decision.id] = decision
        self._about.setdefault((decision.scope, decision.target), {})[decision.id] = decision
        heappush(self._ends, (decision.until, decision.id))
        return True

    def release(self, target: str, reason: str) -> list[Decision]:
        """Undo all decisions about *target* or inside it, past and to come; give those undone.

        Networks that reach beyond it stay, with a hole.
        """
        self._released[target] = reason
        self._open()
        return self.drop(filter(self._is_spared, self._decisions.values()))

    def inside(self, target: str) -> list[Decision]:
        """List the decisions about *target*, or about an address or network inside it."""
        return sorted((d for d in self._decisions.values() if is_within(d, target)), key=_order)

    def drop(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Undo decisions that are held, and give them; the same may be decided again."""
        dropped = sorted(decisions, key=_order)
        for decision in dropped:
            about = self._about[decision.scope, decision.target]
            del self._decisions[decision.id], about[decision.id]
            if not about:
                del self._about[decision.scope, decision.target]
        return dropped

    def expire(self, now: int) -> list[Decision]:
        """Drop the decisions that have ended at *now*; give them."""
        ended = set()  # one that was undone and decided again stands in the heap twice
        while self._ends and self._ends[0][0] <= now:
            ended.add(heappop(self._ends)[1])
        return self.drop(self._decisions[name] for name in ended if name in self._decisions)

    def in_force(self, at: int) -> list[Decision]:
        """List what holds at a time: per target the strongest, then the longest, decision."""
        best = (self.strongest(*target, at) for target in self._about)
        return sorted((decision for decision in best if decision), key=_order)

    def strongest(self, scope: Scope, target: str, at: int) -> Decision | None:
        """Find the strongest, then the longest, decision that holds for a target at a time."""
        about = self._about.get((scope, target), {}).values()
        return max((d for d in about if d.at <= at < d.until), key=_strength, default=None)

    def standing(self, at: int) -> Standing:
        """Say what is in force at a time, with those spared and released by address."""
        spared = (*self._spared, *filter(is_place, self._released))
        pardons = {pardon_of(target, "") for target in spared}
        acted = (d for d in self.in_force(at) if d.action is not Action.OBSERVE)
        return Standing.of([*pardons, *map(entry_of, acted)])

    def cover(self, at: int) -> tuple[str, ...]:
        """Write the blocked addresses and networks as sorted disjoint CIDRs, holes left out."""
        return self.standing(at).refused

    def state(self) -> bytes:
        """Pack what has to survive a restart; the spared are given anew."""
        decisions = sorted(self._decisions.values(), key=lambda decision: decision.id)
        return msgspec.msgpack.encode((decisions, self._released), order="deterministic")

    def restore(self, state: bytes) -> None:
        """Go on from a `state`; whoever is spared since then is left out."""
        decisions, self._released = msgspec.msgpack.decode(state)
        self._decisions, self._about, self._ends = {}, {}, []
        self._open()
        for decision in map(_decision, decisions):
            self.apply(decision)

    def _open(self) -> None:
        released = filter(is_place, self._released)
        self._holes = joined(map(span, (*self._spared, *released)))

    def _is_spared(self, decision: Decision) -> bool:
        if decision.target in self._released:
            return True
        return decision.scope in ADDRESSED and holds(self._holes, span(decision.target))


def is_within(decision: Decision, target: str) -> bool:
    """Tell whether a decision is about *target*, or an address or network inside it."""
    if decision.target == target:
        return True
    if decision.scope not in ADDRESSED or not is_place(target):
        return False
    return holds([span(target)], span(decision.target))


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
        "reach": Reach(**raw["reach"]),
    }
    return Decision(**{**raw, **typed})
