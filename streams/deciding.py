"""Deciding: records of decisions and orders in, the changes of the `blocklist` topic out.

After a restart both topics may be read again from any earlier place, in any mixture: what comes
out is the same, and only what readers do not know yet is told.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from actors.frame import Scope
from enforcement.decision import Action, Decision
from enforcement.effect import Effect, target_of
from enforcement.exact import exact
from enforcement.railing import Railing
from enforcement.rails import Rails
from enforcement.standing import Entry
from enforcement.targets import key_of
from streams.approving import Approvals, Held
from streams.capping import cap_deed, capped, check_order, foresee_cap, obey_cap, over
from streams.deeds import AGAIN, CLOCK, Cause, changed, decided_by, ended_by, ordered_by, unchanged
from streams.folder import decision_of
from streams.records import DecisionRecord
from streams.wholes import Wholes
from streams.wire.halts import HALT, halt_record, read_halt
from streams.wire.orders import EVERYTHING, RAILED, OrderRecord, Verb, about, read_order
from streams.wire.sense import DAY
from streams.wire.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence.audit import Deed
    from streams.wire.told import Change, Target

USUAL = Rails()
PERSON = "person"  # stands where machines name their rules; who it was stays in `orders`


class Kept(msgspec.Struct, frozen=True):
    """What has to survive a restart."""

    effect: bytes
    railing: bytes
    orders: frozenset[str]
    told: tuple[Entry, ...]
    halted: str
    marked: str
    held: tuple[Held, ...] = ()
    systems: dict[str, str] = {}


class Deciding:
    """Takes decisions and orders; gives what changes in the `blocklist` topic, and nothing else."""

    def __init__(self, spared: Iterable[str] = (), rails: Rails = USUAL) -> None:
        """Never act on *spared* (addresses and CIDRs); `settle` tells everybody so."""
        self.effect = Effect(spared, rails.grace)
        self.railing = Railing(rails)
        self.halted = ""  # id of the order that emptied every list; "": none did
        self._marked = ""  # … as readers know it
        self.told = Told()
        self.deeds: list[Deed] = []  # for the audit log; whoever writes them down takes them out
        self.quiet = False  # while old records are read again: `settle` says what came of it
        self._orders: set[str] = set()  # ids of those that were obeyed
        self._approvals, self._foreseen = Approvals(), Approvals()
        self._systems: dict[str, str] = {}  # id of an order about a system → "AS64500"

    def decide(self, record: bytes, at: int) -> list[Change]:
        """Take a decision, and the timestamp of its Kafka record in milliseconds.

        ValueError says what was seen instead.
        """
        decision = decision_of(msgspec.json.decode(record, type=DecisionRecord))
        if not self.effect.knows(decision) and not self.railing.admits(decision, at):
            return self._tell(self.effect.pass_by(decision.at, 0), CLOCK)
        return self._tell(self.effect.decide(decision, at), decided_by(decision))

    def order(self, record: bytes, at: int) -> list[Change]:
        """Obey a person, given the timestamp of the Kafka record in milliseconds; as `decide`."""
        given = read_order(record)
        if given.id not in self._orders:
            check_order(self.railing, given, at)
        order = self._approvals.admit(given, at)
        ended = self._pass_by(0, at // 1000)
        before = capped(self.railing, given, at)
        touched: set[Target] = set()
        if order and order.id not in self._orders:
            self._orders.add(order.id)
            touched = self._obey(order, at)
        changes = self._tell(touched, ordered_by(given))
        if not changes and not self.quiet:
            self.deeds.append(self._noted(given, order, before, at))
        return [*ended, *changes]

    def clock(self, at: int, now: int) -> list[Change]:
        """Let event time and the clock pass, seconds since 1970 UTC; neither goes back."""
        return self._pass_by(at, now)

    def recall(self, key: str, value: bytes | None) -> None:
        """Learn, before `settle`, what a record of the `blocklist` topic said."""
        if key == HALT:
            with suppress(ValueError):
                self._marked = read_halt(value)
            return
        self.told.recall(key, value)

    def foresee(self, record: bytes, at: int) -> None:
        """Learn, before anything is read again, which caps an order raised, as `order` takes it.

        So decisions of that time get through as they did, whichever topic is read first.
        """
        order = self._foreseen.admit(read_order(record), at)
        if order:
            foresee_cap(self.railing, order, at)

    def settle(self) -> list[Change]:
        """Give every difference between what is in force and what was told."""
        self.quiet = False
        known = {target_of(entry) for entry in self.told.entries}
        return [*self._tell(self.effect.targets() | known, AGAIN), *self.told.wipe()]

    def state(self) -> bytes:
        """Pack what has to survive a restart; the spared are given anew."""
        kept = Kept(
            effect=self.effect.state(),
            railing=self.railing.state(),
            orders=frozenset(self._orders),
            told=self.told.entries,
            halted=self.halted,
            marked=self._marked,
            held=self._approvals.held,
            systems=self._systems,
        )
        return msgspec.msgpack.encode(kept, order="sorted")

    def restore(self, state: bytes) -> None:
        """Go on from a `state`; then `settle`."""
        kept = msgspec.msgpack.decode(state, type=Kept)
        self.effect.restore(kept.effect)
        self.railing.restore(kept.railing)
        self.halted, self._marked = kept.halted, kept.marked
        self._orders, self.told = set(kept.orders), Told(kept.told)
        self._approvals, self._systems = Approvals(kept.held), dict(kept.systems)

    def _pass_by(self, at: int, now: int) -> list[Change]:
        before = self.effect.now
        changes = self._tell(self.effect.pass_by(at, now), CLOCK)
        if before and not self.quiet:
            self.deeds += over(self.railing, before, self.effect.now)
        return changes

    def _noted(self, given: OrderRecord, order: OrderRecord | None, before: str, at: int) -> Deed:
        """Tell an order that changes no list, but perhaps a cap that stood so *before*."""
        after = capped(self.railing, given, at)
        if order and before != after:
            return cap_deed(given, order, before, after)
        return unchanged(given, after or self.told.word(about(given)))

    def _obey(self, order: OrderRecord, at: int) -> set[Target]:
        if order.verb in (Verb.HALT, Verb.RESUME):
            self.halted = order.id if order.verb is Verb.HALT else ""
            return self.effect.targets()
        if order.scope is None and order.verb is Verb.BLOCK:
            return self._block(order, at)
        if order.scope is None:
            return self.effect.lift(order.target, at)
        if order.verb is Verb.RESET:
            self.railing.reset(order.scope, at)
        if order.verb in RAILED:
            obey_cap(self.railing, order, at)
            return set()
        return self._obey_about((order.scope, order.target), order, at)

    def _block(self, order: OrderRecord, at: int) -> set[Target]:
        """Block all that an order about a system carries."""
        self._systems[order.id] = order.target
        decisions = [decision_by(exact(each), order, at // 1000) for each in order.networks]
        return set().union(*(self.effect.impose(decision, at) for decision in decisions))

    def _obey_about(self, target: Target, order: OrderRecord, at: int) -> set[Target]:
        if order.verb is Verb.BLOCK:
            return self.effect.impose(decision_by(target, order, at // 1000), at)
        if order.verb is Verb.RELEASE:
            members = (
                self.effect.lift(f"campaign:{order.target}", at) if is_cohort(target) else set()
            )
            return self.effect.release(target, at) | members
        pardon = Entry(order.target, target[0], None, at // 1000, None, order.id)
        return self.effect.pardon(pardon)

    def _tell(self, targets: Iterable[Target], cause: Cause) -> list[Change]:
        """Say what has changed; that all is halted comes first, so that nobody doubts the rest."""
        if self.quiet:
            return []
        changes, wholes = self._mark(cause), Wholes(self._systems)
        for target in sorted(targets):
            key = key_of(*target)
            before, behind = self.told.word(key), self.told.reference(key)
            some = self.told.change(target, *self._now(target))
            after = self.told.word(key)
            if some and not wholes.take((self.told.reference(key), behind), before, after):
                quiet = self.effect.quieted.get(target, 0) if cause is CLOCK else 0
                why = ended_by(quiet) if cause is CLOCK else cause
                self.deeds.append(changed(why, key, before, after))
            changes += some
        self.deeds += wholes.deeds(cause)
        return changes

    def _mark(self, cause: Cause) -> list[Change]:
        """Say that all is halted, or no more, where readers know otherwise."""
        if self._marked == self.halted:
            return []
        before, after = (Verb.HALT.value if by else "" for by in (self._marked, self.halted))
        self.deeds.append(changed(cause, EVERYTHING, before, after, Verb.RESUME))
        self._marked = self.halted
        return [(HALT, halt_record(self.halted) if self.halted else None)]

    def _now(self, target: Target) -> tuple[Entry | None, int]:
        """Say what holds for a target: while all is halted, pardons only."""
        entry, now = self.effect.holding(target)
        acts = entry is not None and entry.action is not None
        return (None if self.halted and acts else entry), now


def is_cohort(target: Target) -> bool:
    """Tell whether a target is a campaign, whose members have decisions of their own."""
    return target[0] is Scope.COHORT


def decision_by(target: Target, order: OrderRecord, at: int) -> Decision:
    """Turn a person's block into a decision that holds from *at*, seconds by the clock."""
    return Decision(
        id=f"{order.id} {target[1]}" if order.networks else order.id,
        at=at,
        action=Action[(order.action or "block").upper()],
        scope=target[0],
        key=0,
        target=target[1],
        until=at + (order.lasts or DAY),
        score=0.0,
        families=(),
        signals=(),
        pictures=0,
        owners=0,
        rules=PERSON,
        settings="",
        order=order.id,
        system=order.target if order.networks else "",
    )
