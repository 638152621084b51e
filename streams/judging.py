"""Judge: turns requests of whole ticks into signals and decisions; memory, detectors, docket."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import address_text, network_of, network_text
from access.event import Field, Kind
from access.nesting import nested, state_of
from actors.census import Census
from actors.frame import Scope
from enforcement.clemency import pardons_for
from enforcement.decision import Action
from enforcement.docket import NEEDS, Docket
from enforcement.informed import informed
from enforcement.pardons import Pardons
from evidence.pictures import Pictures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from access.site import Site
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Detector
    from enforcement.decision import Decision, Signal
    from streams.settings import Settings

TEXTS = {Scope.SESSION: Field.SESSION, Scope.ACCOUNT: Field.ACCOUNT}


class Judge:
    """Remembers who asked for what, and says what follows from it."""

    def __init__(self, site: Site, settings: Settings, shards: int = 1) -> None:
        """Judge a platform's requests as *settings* say, or the part of one of so many shards."""
        spared = settings.pardons
        pardons = pardons_for(site, spared.addresses, spared.agents)
        detectors = informed(settings.detectors, pardons, site)
        capacity = settings.memory.part(shards)
        self.census = Census(_features(detectors), capacity, tick=settings.time.tick, seed=site.key)
        self.docket = Docket(
            detectors, settings.trust, settings.policy, Pardons(pardons), settings.hash
        )

    def judge(
        self, batch: Batch, tick: NDArray[np.int64]
    ) -> tuple[Sequence[Signal], Sequence[Decision]]:
        """Judge a batch of whole ticks (rows,), whose newcomers are all the site's."""
        return self.hear(self.census.observe(batch, tick), batch)

    def hear(
        self, frames: Iterable[Frame], batch: Batch
    ) -> tuple[Sequence[Signal], Sequence[Decision]]:
        """Hear what detectors say of frames, whose rows are those of a batch."""
        return self.docket.hear(list(frames), partial(target_of, batch))

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
        for scope, key in keys.items():
            known = self.docket.memories[scope].entries
            blocked = known["key"][known["action"] == Action.BLOCK]
            if len(blocked):
                until = known["until"][known["action"] == Action.BLOCK]
                barred |= np.isin(key, blocked[until * 1000 > batch.at.min(initial=0)])
        return barred

    @property
    def forgotten(self) -> int:
        """Count the actors forgotten so far for want of room, in all scopes."""
        return sum(ledger.forgotten for ledger in self.census.ledgers.values())

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return nested({"census": self.census.state(), "docket": self.docket.state()})

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out; site and settings must be the same."""
        self.census.restore(state_of("census", state))
        self.docket.restore(state_of("docket", state))


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
