"""Railing: counts what machines do, and puts a scope into shadow when that is too much."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.ends import Ends
from enforcement.rails import Cap, Rails, Trip, excess, is_nobody
from enforcement.raising import Raise, added, check_raise, ended, highest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enforcement.decision import Decision

HOUR = 3600  # seconds
MINUTE = 60
HARD = Action.CHALLENGE  # what people feel; milder actions are not counted


@dataclass(slots=True)
class Watch:
    """What machines did lately in one scope."""

    minutes: dict[int, int] = field(default_factory=dict)  # minute since 1970 → new targets in it
    hour: dict[str, tuple[int, int, int]] = field(default_factory=dict)  # → at, requests, people
    ends: Ends = field(default_factory=Ends)  # of targets
    requests: int = 0  # sums over `hour`
    people: int = 0
    withheld: Ends = field(default_factory=Ends)  # of what was not done, by id
    trip: Trip | None = None
    raised: list[Raise] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Order the hour anew: the first of a `dict` is slow to find once others have left."""
        self.hour = OrderedDict(self.hour)

    def forget(self, now: int) -> None:
        """Let go of what is older than an hour."""
        while self.hour:
            target, (at, requests, people) = next(iter(self.hour.items()))
            if at > now - HOUR:
                break
            self._leave(target, requests, people)
        for minute in [m for m in self.minutes if m < now // MINUTE - 1]:
            del self.minutes[minute]

    def count(self, decision: Decision) -> None:
        """Count a decision that was let through; about the same target only the last."""
        target, reach = decision.target, decision.reach
        if known := self.hour.get(target):
            self._leave(target, *known[1:])
        else:
            minute = decision.at // MINUTE
            self.minutes[minute] = self.minutes.get(minute, 0) + 1
        self.hour[target] = decision.at, reach.requests, reach.people
        self.requests += reach.requests
        self.people += reach.people
        self.ends.add(target, decision.until)

    def held(self, now: int) -> int:
        """Count targets in force."""
        self.ends.expire(now)
        return len(self.ends)

    def _leave(self, target: str, requests: int, people: int) -> None:
        del self.hour[target]
        self.requests -= requests
        self.people -= people


class Railing:
    """Lets decisions through, or withholds them; the same decisions in the same order, the same."""

    def __init__(self, rails: Rails) -> None:
        """Have seen nothing yet."""
        self.rails = rails
        self._now = 0  # event time, seconds since 1970 UTC
        self._watches: dict[Scope, Watch] = {}

    @property
    def trips(self) -> tuple[Trip, ...]:
        """List the scopes in shadow, and what would have happened."""
        found = (self._watches[scope].trip for scope in sorted(self._watches))
        return tuple(trip for trip in found if trip)

    def admits(self, decision: Decision, written: int) -> bool:
        """Let a decision through that was written at a time by the clock (ms); or withhold it."""
        if decision.action is Action.OBSERVE:
            return True
        self._now = max(self._now, decision.at)
        watch = self._watch(decision.scope)
        if is_nobody(decision) or decision.id in watch.withheld:
            return False
        watch.forget(self._now)
        if watch.trip is None:
            watch.trip = self._tripped(watch, decision, written)
        if watch.trip is None:
            if decision.action >= HARD:
                watch.count(decision)
            return True
        self._withhold(watch, watch.trip, decision)
        return False

    def reset(self, scope: Scope, written: int) -> None:
        """Act again in a scope, as a person ordered at a time by the clock (ms); count anew.

        What was withheld stays undone: what still holds is decided again.
        """
        watch = self._watches.get(scope)
        if watch and watch.trip and watch.trip.written <= written:
            kept = {name: getattr(watch, name) for name in ("ends", "withheld", "raised")}
            self._watches[scope] = Watch(**kept)

    @property
    def raised(self) -> Iterator[tuple[Scope, Raise]]:
        """Go through the caps that people raised, also those that have ended lately."""
        return ((s, each) for s in sorted(self._watches) for each in self._watches[s].raised)

    def check(self, scope: Scope, wanted: Raise) -> None:
        """Refuse, as ValueError, what would raise no cap of a scope."""
        check_raise(self.rails, self._watch(scope).raised, wanted)

    def lift(self, scope: Scope, wanted: Raise) -> None:
        """Raise a cap of a scope, as a person ordered.

        A scope that this cap had put into shadow acts again if it had reached no more than that.
        """
        self.foresee(scope, wanted)
        watch = self._watch(scope)
        trip = watch.trip
        if trip and trip.cap is wanted.cap and trip.written <= wanted.since:
            watch.trip = None if trip.seen <= wanted.most else trip

    def foresee(self, scope: Scope, wanted: Raise) -> None:
        """Know of a raise before its time has come, or before what was decided in it is read."""
        watch = self._watch(scope)
        watch.raised = added(watch.raised, wanted)

    def lower(self, scope: Scope, cap: Cap, at: int) -> None:
        """End what raised a cap of a scope up to a time by the clock (ms)."""
        watch = self._watch(scope)
        watch.raised = ended(watch.raised, cap, at)

    def state(self) -> bytes:
        """Pack what has to survive a restart."""
        return msgspec.msgpack.encode((self._now, self._watches), enc_hook=_packed)

    def restore(self, state: bytes) -> None:
        """Go on from a `state`."""
        kind = tuple[int, dict[Scope, Watch]]
        self._now, self._watches = msgspec.msgpack.decode(state, type=kind, dec_hook=_unpacked)

    def _watch(self, scope: Scope) -> Watch:
        return self._watches.setdefault(scope, Watch())

    def _tripped(self, watch: Watch, decision: Decision, written: int) -> Trip | None:
        if wide := excess(decision, self.rails):
            return Trip(decision.scope, Cap.PREFIX, decision.at, written, *wide)
        if decision.action < HARD:
            return None
        for cap, seen, least in self._measured(watch, decision):
            most = max(least, highest(watch.raised, cap, written))
            if seen > most:
                return Trip(decision.scope, cap, decision.at, written, seen, most)
        return None

    def _measured(self, watch: Watch, decision: Decision) -> list[tuple[Cap, int, int]]:
        """Say what there would be with one decision more, and what there may be."""
        rails, reach = self.rails, decision.reach
        _, requests, people = watch.hour.get(decision.target, (0, 0, 0))
        new = decision.target not in watch.hour
        count = watch.minutes.get(decision.at // MINUTE, 0)
        held = watch.held(self._now) + (decision.target not in watch.ends)
        hit, met = watch.requests - requests + reach.requests, watch.people - people + reach.people
        share = rails.requests_share * reach.site_requests
        crowd = rails.people_share * reach.site_people
        measured = [
            (Cap.RATE, count + new, rails.blocks_a_minute),
            (Cap.ENTRIES, held, rails.entries),
            (Cap.REQUESTS, hit, max(int(share), rails.requests_least)),
        ]
        # Where the log names nobody, nobody can say what share of people is hit.
        if reach.site_people:
            measured.append((Cap.PEOPLE, met, max(int(crowd), rails.people_least)))
        return measured

    def _withhold(self, watch: Watch, trip: Trip, decision: Decision) -> None:
        watch.withheld.expire(self._now)
        watch.withheld.add(decision.id, decision.until)
        watch.trip = replace(
            trip,
            decisions=trip.decisions + 1,
            requests=trip.requests + decision.reach.requests,
            people=trip.people + decision.reach.people,
        )


def _packed(ends: Ends) -> dict[str, int]:
    return ends.until


def _unpacked(_: type, until: dict[str, int]) -> Ends:
    return Ends(until)
