"""Pipeline: the whole path in one process, from chunks of log to decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from access.clock import UNJUDGED
from access.lateness import no_lags
from access.nesting import nested, state_of
from access.parser import Parser
from access.ticks import Sequencer
from actors.features import MINUTE
from enforcement.callers import tokens
from streams.judging import Judge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from access.lines import Chunk, Reject
    from access.site import Site
    from enforcement.decision import Decision, Signal
    from evidence.pictures import Pictures
    from streams.settings import Settings


@dataclass(frozen=True, slots=True)
class Step:
    """What one push through the pipeline brought about."""

    batch: Batch  # the requests of the ticks that closed, in order
    rejects: Sequence[Reject]
    signals: Sequence[Signal]
    decisions: Sequence[Decision]
    lags: NDArray[np.int64]  # requests too late for their own tick, see access.lateness.counted
    forgotten: int = 0  # actors forgotten so far for want of room, in all scopes

    @property
    def late(self) -> int:
        """Count the requests that came too late to be judged in their own tick."""
        return int(self.lags.sum())


class Bench(Protocol):
    """Whoever judges: one judge, or several that hear the same."""

    @property
    def forgotten(self) -> int:
        """Count the actors forgotten so far for want of room."""

    def judge(
        self, batch: Batch, tick: NDArray[np.int64], over: int
    ) -> tuple[Sequence[Signal], Sequence[Decision]]:
        """Judge a batch of whole ticks (rows,) up to the minute *over*, since 1970 UTC."""

    def pictures(self, batch: Batch, counted: NDArray[np.bool_]) -> Pictures:
        """See what came of requests for pictures."""

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""


class Pipeline:
    """Feeds requests through parsing, memory, detectors and the docket, tick by tick."""

    def __init__(self, site: Site, settings: Settings, bench: Bench | None = None) -> None:
        """Judge a platform's requests as *settings* say, or let a *bench* of another kind do so."""
        self._parser = Parser(site, tokens(site, settings.pardons.agents))
        self._sequencer = Sequencer(settings.lateness, tick=1000 * settings.time.tick)
        self._judge: Bench = bench or Judge(site, settings)
        self._tick = settings.time.tick
        self._lags = no_lags()

    def expect(self, source: int) -> None:
        """Know of an input before its first line: nothing is judged that it may still bear on."""
        self._sequencer.expect(source)

    def open_from(self, source: int) -> int:
        """Tell the oldest tick for which an input may still bring requests."""
        return self._sequencer.open_from(source)

    def feed(self, chunk: Chunk) -> Step:
        """Take the next lines of one input; judge the ticks that they close."""
        batch, rejects = self._parser.parse(chunk)
        self._sequencer.push(chunk.source, batch)
        return self._step(rejects)

    def end(self, source: int) -> Step:
        """Know that an input has ended; judge the ticks that this closes."""
        self._sequencer.end(source)
        return self._step(())

    def _step(self, rejects: Sequence[Reject]) -> Step:
        batch, tick = self._sequencer.release()
        lags, self._lags = self._sequencer.lags - self._lags, self._sequencer.lags
        judged = np.flatnonzero(tick != UNJUDGED)
        heard = batch.take(judged) if len(judged) < len(batch) else batch
        over = self._sequencer.closed * self._tick // MINUTE - 1
        signals, decisions = self._judge.judge(heard, tick[judged], over)
        return Step(batch, rejects, signals, decisions, lags, self._judge.forgotten)

    def pictures(self, batch: Batch) -> Pictures:
        """See what came of requests for pictures by whoever is somebody."""
        return self._judge.pictures(batch, batch.address != 0)

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return nested({name: part.state() for name, part in self._parts().items()})

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out; site and settings must be the same."""
        for name, part in self._parts().items():
            part.restore(state_of(name, state))
        self._lags = self._sequencer.lags

    def _parts(self) -> dict[str, Sequencer | Bench]:
        return {"sequencer": self._sequencer, "judge": self._judge}
