"""Shard: judges the requests of a part of all actors, exactly as one program would judge them all.

A shard hears of every input, so it closes ticks when the others do. What it needs to know of the
rest of the site is the baseline, which comes with a lag of two minutes; ticks wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from access.clock import UNJUDGED, Reach
from access.lateness import no_lags
from access.nesting import nested, state_of
from access.ticks import Sequencer
from access.waiting import Part
from actors.baseline import COUNTS, LAG
from actors.features import MINUTE
from actors.pairs import PAIR
from actors.shards import resident
from actors.turnout import Turnout, turned_out
from actors.warmth import GIVEN, distinct
from streams.cohorts import NOTHING
from streams.judging import Judge
from streams.wire.summaries import Summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from access.site import Site
    from enforcement.decision import Decision, Signal
    from evidence.pictures import Pictures
    from streams.settings import Settings
    from streams.wire.requests import Passage, Requests

    Newcomers = tuple[NDArray[np.int64], NDArray[np.int64]]  # minutes, and counts of each

BEFORE_ALL = -1  # offset; nothing of an input has been taken


@dataclass(frozen=True, slots=True)
class Findings:
    """What a shard found when ticks closed."""

    batch: Batch  # the requests of these ticks
    pictures: Pictures  # what was asked for of those whose address is remembered here
    signals: Sequence[Signal]
    decisions: Sequence[Decision]
    summary: Summary | None  # None where no minute closed
    late: int = 0  # requests whose tick the others had closed


class Shard:
    """The memory of a part of all actors, and what is said of them."""

    def __init__(
        self, site: Site, settings: Settings, number: int, shards: int, inputs: int
    ) -> None:
        """Be shard *number* of so many; wait for so many partitions of access-log."""
        lateness = replace(settings.lateness, silent=settings.flow.idle)
        self.number, self._shards, self._tick = number, shards, settings.time.tick
        self._sequencer = Sequencer(lateness, tick=1000 * settings.time.tick)
        for source in range(inputs):
            self._sequencer.expect(source)
        self._judge = Judge(site, settings, shards)
        self._taken: dict[int, int] = {}  # per input, the offset of the next record
        self._known = NOTHING  # minute up to which the site's baseline is known
        self._closed = NOTHING  # minute up to which we have said ours
        self._open: list[Newcomers] = []  # not yet said
        self._pairs = np.zeros(0, PAIR)  # not yet said
        self._given = np.zeros(0, GIVEN)  # not yet said
        self._turnout = Turnout()  # not yet said
        self._lags = no_lags()

    def take(self, requests: Requests) -> None:
        """Take a message; what came before, from a parser that was taken up again, is left out."""
        part, source = requests.part, requests.part.batch.source
        for passage in requests.passages:
            rows = np.flatnonzero(source == passage.source)
            taken = self._taken.get(passage.source, BEFORE_ALL)
            fresh = together(rows[part.batch.number[rows] >= taken])
            self._pass(passage, Part(part.batch.take(fresh), part.due[fresh]))

    def _pass(self, passage: Passage, part: Part) -> None:
        taken = self._taken.get(passage.source, BEFORE_ALL)
        if passage.after < taken:
            return
        self._taken[passage.source] = passage.after
        reach = Reach(passage.newest, passage.open_from)
        if passage.silent < 0:
            self._sequencer.accept(passage.source, part, reach)
        elif passage.after == passage.first:
            self._sequencer.silence(passage.source, passage.silent)

    def learn(self, summary: Summary) -> None:
        """Learn what the whole site says of its newcomers."""
        minutes, counts = summary.columns
        new = minutes > self._known
        self._judge.census.baseline.add(minutes[new], counts[new])
        given = summary.given
        self._judge.census.warmth.add(given[given["minute"] > self._known])
        self._judge.learn(each for each in summary.found if each.minute > self._known)
        trails = summary.followed
        self._judge.evasion.learn(trails[trails["said"] > self._known])
        self._judge.turnout.add(each for each in summary.turnout if each.minute > self._known)
        self._known = max(self._known, summary.closed)
        # A shard that was taken up learns of hours at once, and has yet to judge them.
        self._judge.turnout.forget(self._sequencer.closed * self._tick // MINUTE)

    def judge(self) -> Findings:
        """Judge the ticks that have closed and whose baseline is known."""
        batch, tick = self._sequencer.release(self._limit())
        judged = together(np.flatnonzero(tick != UNJUDGED))
        heard, tick = batch.take(judged), tick[judged]
        home = resident(heard, self.number, self._shards)
        signals: Sequence[Signal] = ()
        decisions: Sequence[Decision] = ()
        if len(heard):
            census = self._judge.census
            frames = census.fold(heard, tick, home)
            self._open.append(census.newcomers())
            self._pairs = np.append(self._pairs, census.noted.pairs)
            given = census.warmth.new(census.given(heard, tick, home))
            self._given = np.append(self._given, given)
            end = (tick + 1) * self._tick
            self._turnout.add(turned_out(end, home.address != 0, heard.account))
            frames = self._judge.evasion.whole(self._judge.compared(frames))
            signals, decisions = self._judge.hear(frames, heard)
        late = self._sequencer.lags - self._lags
        self._lags = self._sequencer.lags
        pictures = self._judge.pictures(heard, home.address != 0)  # each in one shard
        return Findings(batch, pictures, signals, decisions, self._summary(), int(late.sum()))

    def _limit(self) -> int:
        """Tell the first tick whose baseline is not known yet."""
        if self._known == NOTHING:
            return UNJUDGED + 1  # rows too late for any tick must not hold back the first
        seconds = MINUTE * (self._known + LAG + 1) + 1
        return -(-seconds // self._tick) - 1

    def _summary(self) -> Summary | None:
        """Say which minutes are over, and who was new and who met in them; None where none is."""
        closed = self._sequencer.closed * self._tick // MINUTE - 1
        if closed <= self._closed:
            return None
        minute, counts = self._unsaid()
        said = minute <= closed
        minutes, where = np.unique(minute[said], return_inverse=True)
        summed = np.zeros((len(minutes), counts.shape[1]), np.int64)
        np.add.at(summed, where, counts[said])
        self._open, self._closed = [(minute[~said], counts[~said])], closed
        rows = tuple(tuple(row) for row in summed.tolist())
        met = self._pairs["minute"] <= closed
        pairs, self._pairs = self._pairs[met].tobytes(), self._pairs[~met]
        over = self._given["minute"] <= closed
        warmed, self._given = distinct(self._given[over]).tobytes(), self._given[~over]
        told = tuple(minutes.tolist()), rows, pairs
        turnout = tuple(self._turnout.take(closed))
        trails = self._judge.evasion.told(closed).tobytes()
        return Summary(self.number, closed, *told, turnout=turnout, trails=trails, warmed=warmed)

    def _unsaid(self) -> Newcomers:
        """Put together the newcomers that the site has not been told of."""
        nothing = np.zeros(0, np.int64), np.zeros((0, COUNTS), np.int64)
        minutes, counts = zip(nothing, *self._open, strict=True)
        return np.concatenate(minutes), np.concatenate(counts)

    @property
    def waiting(self) -> int:
        """Count the rows that wait for their tick to close."""
        return len(self._sequencer)

    @property
    def watermark(self) -> int:
        """Tell the second, since 1970 UTC, up to which all is judged."""
        return max(self._sequencer.closed * self._tick, 0)

    @property
    def forgotten(self) -> int:
        """Count the actors forgotten so far for want of room."""
        return self._judge.forgotten

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        minute, counts = self._unsaid()
        return {
            **nested({name: part.state() for name, part in self._parts().items()}),
            "taken": np.array(sorted(self._taken.items()), np.int64).reshape(-1, 2),
            "minutes": np.array([self._known, self._closed], np.int64),
            "open_minute": minute,
            "open_counts": counts,
            "open_pairs": self._pairs,
            "open_given": self._given,
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out; site, settings and shards must be the same."""
        for name, part in self._parts().items():
            part.restore(state_of(name, state))
        self._taken = dict(state["taken"].tolist())
        self._known, self._closed = state["minutes"].tolist()
        self._open = [
            (state["open_minute"].astype(np.int64), state["open_counts"].astype(np.int64))
        ]
        self._pairs = state["open_pairs"].astype(PAIR)
        self._given = state["open_given"].astype(GIVEN)
        self._lags = self._sequencer.lags

    def _parts(self) -> dict[str, Sequencer | Judge | Turnout]:
        return {"sequencer": self._sequencer, "judge": self._judge, "turnout": self._turnout}


def together(rows: NDArray[np.intp]) -> NDArray[np.intp] | slice:
    """Say the same as a slice where it is one: rows that lie together need no copying."""
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows
