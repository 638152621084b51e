"""Backtesting: the same traffic judged under two settings, in one reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from access.nesting import nested, state_of
from enforcement.decision import Action
from evidence.bystanders import Bystanders
from evidence.casebook import Casebook
from evidence.changes import Fate
from streams.alike import check_alike
from streams.judging import Judge
from streams.replay import replay
from streams.run import spared_by
from streams.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from access.batch import Batch
    from access.site import Site
    from enforcement.decision import Decision, Signal
    from evidence.pictures import Pictures
    from streams.pipeline import Step
    from streams.settings import Settings
    from streams.sources import Source

    Heard = tuple[Sequence[Signal], Sequence[Decision]]

NOTHING: Heard = ((), ())


class Side:
    """One of the settings, and what comes of it."""

    def __init__(self, site: Site, settings: Settings) -> None:
        """Judge as *settings* say."""
        spared, tick = spared_by(site, settings), settings.time.tick
        self.settings, self.heard = settings, NOTHING
        self.judge = Judge(site, settings)
        self.tally = Tally(casebook=Casebook(tick=tick, spared=spared))
        self._bystanders = Bystanders(tick, spared)

    def hear(self, batch: Batch, tick: NDArray[np.int64], over: int) -> Heard:
        """Judge as Judge does, and hold the answer until it is counted."""
        self.heard = self.judge.judge(batch, tick, over)
        return self.heard

    def count(self, step: Step) -> None:
        """Count a step as this side has judged it."""
        signals, decisions = self.heard
        self.heard = NOTHING
        self.tally.add(replace(step, signals=signals, decisions=decisions))
        self._bystanders.see(step.batch, decisions)

    def fates(self) -> dict[tuple[str, str], Fate]:
        """Say what came to each target, by scope and name."""
        saved, people = self.tally.casebook.saved_by(), self._bystanders.counts()
        return {
            place: Fate(Action[acted.action.upper()], saved.get(place, 0), people.get(place, 0))
            for place, acted in self.tally.acted.items()
        }


class Both:
    """Two sides that hear the same; to whoever feeds them, the new one answers."""

    def __init__(self, site: Site, old: Settings, new: Settings) -> None:
        """Judge twice; ValueError where one reading cannot serve both settings."""
        check_alike(old, new)
        self.old, self.new = Side(site, old), Side(site, new)

    def judge(self, batch: Batch, tick: NDArray[np.int64], over: int) -> Heard:
        """Judge a batch of whole ticks (rows,) up to the minute *over* under both."""
        self.old.hear(batch, tick, over)
        return self.new.hear(batch, tick, over)

    @property
    def forgotten(self) -> int:
        """Count the actors forgotten so far for want of room, where more were."""
        return max(side.judge.forgotten for side in (self.old, self.new))

    def pictures(self, batch: Batch, counted: NDArray[np.bool_]) -> Pictures:
        """See what came of requests for pictures, under the new settings."""
        return self.new.judge.pictures(batch, counted)

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what both remember."""
        return nested({"old": self.old.judge.state(), "new": self.new.judge.state()})

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self.old.judge.restore(state_of("old", state))
        self.new.judge.restore(state_of("new", state))


def backtested(sources: Sequence[Source], site: Site, both: Both) -> Iterator[Step]:
    """Go through the inputs once; both sides count each step before it is handed on."""
    for step in replay(sources, site, both.new.settings, both):
        both.old.count(step)
        both.new.count(step)
        yield step
