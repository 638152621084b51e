"""Judge: turns requests of whole ticks into signals and decisions; memory, detectors, docket."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import address_text, network_of, network_text
from access.event import Field, Kind
from access.nesting import nested, state_of
from actors.census import Census
from actors.frame import Scope
from actors.members import joined
from actors.shards import Home
from actors.turnout import Turnout, turned_out
from enforcement.arms import Arms
from enforcement.decision import Action
from enforcement.docket import NEEDS, in_order
from enforcement.evasion import Evasion, otherwise
from enforcement.finding import Finding
from enforcement.lookout import Lookout
from evidence.pictures import Pictures
from streams.acquaintance import charge_of, docket_of, fronted_by, sized_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from access.site import Site
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Detector
    from enforcement.decision import Decision, Signal
    from enforcement.docket import Docket
    from enforcement.finding import Found
    from streams.settings import Settings

    Words = tuple[Sequence[Signal], Sequence[Decision]]

TEXTS = {Scope.SESSION: Field.SESSION, Scope.ACCOUNT: Field.ACCOUNT}


class Judge:
    """Remembers who asked for what, and says what follows from it."""

    def __init__(self, site: Site, settings: Settings, shards: int = 1) -> None:
        """Judge a platform's requests as *settings* say, or the part of one of so many shards."""
        self.docket = docket_of(site, settings)
        self.trial = docket_of(site, settings.trial) if settings.trial else None
        known = [d for docket in self._dockets() for d in docket.clerk.detectors]
        capacity = settings.memory.part(shards)
        if not settings.fleets.most:  # no campaign will ever be opened
            capacity = replace(capacity, pair_sights=0)
        self._features, self._tick = _features(known), settings.time.tick
        self.census = Census(
            self._features,
            capacity,
            tick=self._tick,
            seed=site.key,
            spared=self.docket.pardons.asking,
            asn_of=site.systems.asn_of,
            fronted=fronted_by(site),
            sized=sized_by(site),
        )
        self._arms = Arms(settings.canary.share, site.key)
        self.finding = Finding(settings.fleets)  # of one process that judges the whole site
        self.charge = charge_of(site, settings)
        self.lookout = Lookout()
        self.turnout = Turnout()
        self.evasion = Evasion(capacity.slots, site.key)

    def judge(self, batch: Batch, tick: NDArray[np.int64], over: int) -> Words:
        """Judge a batch of whole ticks (rows,), which are all the site's up to the minute *over*.

        Minutes are counted since 1970 UTC.
        """
        return self.decided(*self.observe(batch, tick, over), batch)

    def decided(self, frames: Sequence[Frame], found: Iterable[Found], batch: Batch) -> Words:
        """Say what follows from what was observed of a batch; see `observe`."""
        own = [frame for frame in frames if frame.scope is Scope.ADDRESS]
        others = [frame for frame in frames if frame.scope is not Scope.ADDRESS]
        said = [*self._followed(own, batch), self._said(others, batch)]
        signals = in_order(signal for part in said for signal in part[0])
        reached = (self._reaching(each) for part in said for each in part[1])
        return signals, in_order([*self.charge.decisions(found), *reached])

    def observe(
        self, batch: Batch, tick: NDArray[np.int64], over: int
    ) -> tuple[list[Frame], list[Found]]:
        """Fold a batch as `judge` does; tell what detectors look at, and the fleets found."""
        home = Home.of_all(batch)
        self.census.warmth.add(self.census.given(batch, tick, home))
        frames = self.census.fold(batch, tick, home)
        end = (tick + 1) * self._tick
        came = turned_out(end, batch.address != 0, batch.account)
        self.turnout.add(came)
        self.turnout.forget(min((each.minute for each in came), default=0))
        self.census.baseline.add(*self.census.newcomers())
        self.finding.add(self.census.noted.pairs)
        found = self.finding.close(over)
        self.learn(found)
        return self.compared(frames), found

    def learn(self, found: Iterable[Found]) -> None:
        """Learn of the campaigns that the whole site shows."""
        for each in found:
            self.lookout.learn(each.minute, each.campaigns)

    def compared(self, frames: Sequence[Frame]) -> list[Frame]:
        """Add to the frames of the last fold what the whole site says: baseline and fleets."""
        self.evasion.see(self.census.folded, self.census.resident)
        members = self.lookout.members(self.census.folded, self.census.noted)
        return [*map(self.census.compared, joined(frames, members, self._features))]

    def hear(self, frames: Sequence[Frame], batch: Batch) -> Words:
        """Hear what detectors say of frames, whose rows are a batch's."""
        signals, decisions = self._heard(frames, batch)
        return signals, in_order(map(self._reaching, decisions))

    def _followed(self, frames: Sequence[Frame], batch: Batch) -> list[Words]:
        """Hear what is said of addresses: at once, unless one that goes on changes what is said.

        Hearing costs more by the part than by the row, and hardly anybody ever goes on; where
        somebody does, what was heard is taken back, and heard again in parts.
        """
        linked = self.evasion.linked(frames)
        if not self.evasion.is_due:
            return [self._heard(linked, batch)]
        known = [docket.memories[Scope.ADDRESS].copy() for docket in self._dockets()]
        followed = self.evasion.copy()
        heard = self._heard(linked, batch)
        self.evasion.compare()
        detectors = (d for docket in self._dockets() for d in docket.clerk.detectors)
        first = otherwise(detectors, linked, self.evasion.linked(frames))
        if first is None:
            return [heard]
        self.evasion = followed
        for docket, memory in zip(self._dockets(), known, strict=True):
            docket.memories[Scope.ADDRESS] = memory
        return [self._heard(part, batch) for part in self.evasion.parts(frames, first)]

    def _heard(self, frames: Sequence[Frame], batch: Batch) -> Words:
        """Hear frames, and follow whom decisions are about."""
        signals, decisions = self._said(frames, batch)
        self.evasion.hear(decisions)
        return signals, decisions

    def _said(self, frames: Sequence[Frame], batch: Batch) -> Words:
        """Hear frames; decisions do not tell yet whom they reach."""
        name = partial(target_of, batch)
        stay, tried = self._arms.split(frames) if self.trial else (frames, [])
        signals, decisions = self.docket.hear(stay, name)
        if self.trial:
            more_signals, more_decisions = self.trial.hear(tried, name)
            signals, decisions = in_order(signals + more_signals), decisions + more_decisions
        return signals, decisions

    def _reaching(self, decision: Decision) -> Decision:
        """Say of how many a decision hits whom it hits, and whose list that one goes on with."""
        requests, people = self.turnout.before(decision.at)
        reach = replace(decision.reach, site_requests=requests, site_people=people)
        return replace(decision, reach=reach, continues=self.evasion.follows(decision))

    def pictures(self, batch: Batch, counted: NDArray[np.bool_]) -> Pictures:
        """See what came of the requests for pictures among the rows that are *counted* (rows,)."""
        asked = np.flatnonzero(counted & (batch.kind == Kind.PICTURE))
        held = self._barred(batch.take(asked))
        return Pictures(batch.at[asked], batch.address[asked], batch.outcome[asked], held)

    def _barred(self, batch: Batch) -> NDArray[np.bool_]:
        """Tell which requests (rows,) came from somebody whose block is in force by now."""
        keys = {
            Scope.ADDRESS: batch.address,
            Scope.NETWORK: network_of(batch.address),
            Scope.SESSION: batch.session,
            Scope.ACCOUNT: batch.account,
        }
        barred = np.zeros(len(batch), np.bool_)
        for docket, (scope, key) in product(self._dockets(), keys.items()):
            known = docket.memories[scope].entries
            blocked = known["key"][known["action"] == Action.BLOCK]
            if len(blocked):
                until = known["until"][known["action"] == Action.BLOCK]
                barred |= np.isin(key, blocked[until * 1000 > batch.at.min(initial=0)])
        return barred

    def _dockets(self) -> tuple[Docket, ...]:
        """List all that decide."""
        return (self.docket, self.trial) if self.trial else (self.docket,)

    @property
    def forgotten(self) -> int:
        """Count the actors forgotten so far for want of room, in all scopes."""
        return sum(ledger.forgotten for ledger in self.census.ledgers.values())

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        parts = ("census", "finding", "lookout", "turnout", "evasion", "docket", "trial")
        kept = {name: part for name in parts if (part := getattr(self, name))}
        return nested({name: part.state() for name, part in kept.items()})

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out; site and settings must be the same.

        A trial that begins takes over what was known of everybody.
        """
        for part in ("census", "finding", "lookout", "turnout", "evasion"):
            getattr(self, part).restore(state_of(part, state))
        known = state_of("docket", state)
        self.docket.restore(known)
        if self.trial is not None:
            self.trial.restore(state_of("trial", state) or known)


def target_of(batch: Batch, frame: Frame, row: int) -> str:
    """Write the actor of a frame's row as a firewall or a person would: see Decision.target."""
    if frame.scope is Scope.ADDRESS:
        return address_text(int(frame.actor[row]))
    if frame.scope is Scope.NETWORK:
        return network_text(int(frame.actor[row]))
    return batch.text(int(frame.row[row]), TEXTS[frame.scope]).decode("utf-8", "backslashreplace")


def _features(detectors: Sequence[Detector]) -> tuple[Feature, ...]:
    """List every feature that somebody reads, once."""
    return tuple(dict.fromkeys([*(f for d in detectors for f in d.reads), *NEEDS]))
