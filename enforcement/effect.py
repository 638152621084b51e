"""Effect: what machines' decisions and people's orders come to, one entry a target.

Machines' decisions end in event time; people's by the clock, which people live by. A pardon hides
what lies in it; a release undoes what was written up to it. So the order in which decisions and
orders are read changes nothing, as long as orders among themselves keep theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from enforcement.blocklist import BlockList
from enforcement.cover import holds, joined, span
from enforcement.decision import Action, Decision
from enforcement.standing import Entry, entry_of, pardon_of
from enforcement.targets import ADDRESSED
from enforcement.undone import Undone, grounds, ordered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.frame import Scope

    Target: TypeAlias = tuple[Scope, str]

SITE = "site"  # the reference of pardons that stand in the site's files


class Kept(msgspec.Struct, frozen=True):
    """What has to survive a restart."""

    at: int
    now: int
    machines: bytes
    people: bytes
    written: dict[str, int]
    undone: Undone
    pardons: tuple[Entry, ...]


class Effect:
    """Decisions, pardons and releases; each call gives the targets for which it may matter."""

    def __init__(self, spared: Iterable[str] = (), grace: int = 0) -> None:
        """Never act on *spared* (addresses and CIDRs); let machines wait after a release.

        *grace* is for how many seconds.
        """
        self._grace = grace
        self.at = 0  # event time, seconds since 1970 UTC
        self.now = 0  # by the clock, seconds since 1970 UTC
        self.quieted: dict[Target, int] = {}  # what ended last for silence → seconds of it
        self._machines, self._people = BlockList(), BlockList()
        self._written: dict[str, int] = {}  # id of a decision held → milliseconds by the clock
        self._undone = Undone()
        self._sites = {target_of(p): p for p in (pardon_of(target, SITE) for target in spared)}
        self._pardons: dict[Target, Entry] = {}
        self._open()

    def decide(self, decision: Decision, at: int) -> set[Target]:
        """Take a machine's decision that was written at a time by the clock (ms)."""
        touched = self.pass_by(decision.at, 0)
        if self.knows(decision):
            return touched
        if self._undone.bars(decision, at, self._grace):
            self._undone.add(decision)
            return touched
        self._written[decision.id] = at
        self._machines.apply(decision)
        return touched | {target_of(decision)}

    def knows(self, decision: Decision) -> bool:
        """Tell whether a decision would change nothing: it was taken or undone, or has ended."""
        known = decision.id in self._written or decision.id in self._undone
        return known or decision.until <= max(self.at, decision.at)

    def impose(self, decision: Decision, at: int) -> set[Target]:
        """Take a person's decision, ordered at a time by the clock (ms); it ends by the clock."""
        if decision.until > self.now:
            self._written[decision.id] = at
            self._people.apply(decision)
        return {target_of(decision)}

    def pardon(self, pardon: Entry) -> set[Target]:
        """Spare a target, now and until a release takes that back."""
        self._pardons[target_of(pardon)] = pardon
        self._open()
        return {target_of(pardon), *self._inside(pardon.target)}

    def release(self, target: Target, at: int) -> set[Target]:
        """Undo what was written up to a time (ms) about a target or inside it, a pardon too.

        Blocks that reach beyond the target stay. Machines leave it alone for a while: what they
        write in that time, though it may be read first, is undone as well.
        """
        touched = {target, *self._inside(target[1])}
        self._pardons.pop(target, None)
        self._open()
        self._undone.release(target[1], at)
        for blocks in (self._machines, self._people):
            last = at + 1000 * self._grace if blocks is self._machines else at
            before = [d for d in blocks.inside(target[1]) if self._written[d.id] <= last]
            self._forget(blocks.drop(before))
            if blocks is self._machines:
                self._undone.add(*before)
        return touched

    def lift(self, ground: str, at: int) -> set[Target]:
        """Undo what was written up to a time (ms) on a ground; see `grounds` and `ordered`."""
        self._undone.lift(ground, at)
        resting = [d for d in self._machines if self._written[d.id] <= at and ground in grounds(d)]
        self._forget(self._machines.drop(resting))
        self._undone.add(*resting)
        given = [d for d in self._people if self._written[d.id] <= at and ground in ordered(d)]
        self._forget(self._people.drop(given))
        return set(map(target_of, [*resting, *given]))

    def pass_by(self, at: int, now: int) -> set[Target]:
        """Let event time and the clock pass, seconds since 1970 UTC; neither goes back."""
        if at > self.at:
            self._undone.expire(at)
        self.at, self.now = max(self.at, at), max(self.now, now)
        ended = [*self._machines.expire(self.at), *self._people.expire(self.now)]
        self.quieted = {target_of(each): each.quiet for each in ended if each.quiet}
        self._forget(ended)
        return set(map(target_of, ended))

    def targets(self) -> set[Target]:
        """List all for which something may hold."""
        held = [*self._machines.in_force(self.at), *self._people.in_force(self.now)]
        return {*map(target_of, held), *self._sites, *self._pardons}

    def holding(self, target: Target) -> tuple[Entry | None, int]:
        """Say what holds for a target, and what time it is now for that entry."""
        if pardon := self._sites.get(target) or self._pardons.get(target):
            return pardon, self.now
        if target[0] in ADDRESSED and holds(self._holes, span(target[1])):
            return None, self.now
        timed = ((self._people, self.now), (self._machines, self.at))
        held = [(d, now) for blocks, now in timed if (d := blocks.strongest(*target, now))]
        # Of equal ones a person's: which of two clocks runs longer would change with the hour.
        best, now = max(held, key=lambda pair: pair[0].action, default=(None, self.at))
        return (entry_of(best) if best and best.action is not Action.OBSERVE else None), now

    def state(self) -> bytes:
        """Pack what has to survive a restart; the spared are given anew."""
        kept = Kept(
            at=self.at,
            now=self.now,
            machines=self._machines.state(),
            people=self._people.state(),
            written=self._written,
            undone=self._undone,
            pardons=tuple(self._pardons.values()),
        )
        return msgspec.msgpack.encode(kept, order="sorted")

    def restore(self, state: bytes) -> None:
        """Go on from a `state`."""
        kept = msgspec.msgpack.decode(state, type=Kept)
        self.at, self.now = kept.at, kept.now
        self._machines.restore(kept.machines)
        self._people.restore(kept.people)
        self._written, self._undone = dict(kept.written), kept.undone
        self._pardons = {target_of(pardon): pardon for pardon in kept.pardons}
        self._open()

    def _inside(self, target: str) -> set[Target]:
        return {target_of(d) for b in (self._machines, self._people) for d in b.inside(target)}

    def _forget(self, decisions: Iterable[Decision]) -> None:
        for decision in decisions:
            del self._written[decision.id]

    def _open(self) -> None:
        """Know the holes that pardons make."""
        pardons = (*self._sites, *self._pardons)
        self._holes = joined(span(target) for scope, target in pardons if scope in ADDRESSED)


def target_of(told: Decision | Entry) -> Target:
    """Say whom something is about."""
    return told.scope, told.target
