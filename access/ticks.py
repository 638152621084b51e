"""Cut what arrives into ticks of event time, so that nothing depends on how it arrived.

Time moves only by the lines themselves. A tick of an input is closed once a line has been seen that
is more than the lateness newer; rows of open ticks wait. A row that comes later still is *late*: it
is handed on with the oldest tick that is open, under its own time. A row that comes later than
`Lateness.stale` is only counted. A line further ahead than `Lateness.leap` is not believed before
two more say the same, so that one wrong clock cannot make everybody else late.

A tick is judged once every input has closed it. Whoever reads asks the input furthest behind first;
so an input that is passed over for one further ahead had nothing to give. It is *silent* until it
gives again, and meanwhile closes its ticks when the newest line of all is `Lateness.silent` newer.
So what is judged depends on the lines and the order in which inputs were read, and not even on that
while no input falls so far behind. Where somebody else reads the inputs and knows which of them
have nothing to give, that is said by `silence`, with how long it has been so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.clock import NOTHING_SEEN, UNJUDGED, Clock
from access.lateness import counted, no_lags
from access.nesting import nested, state_of
from access.packing import join
from access.waiting import FOR_EVER, NO_TICKS, Part, Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from access.batch import Batch
    from access.clock import Reach
    from access.lateness import Lateness


class Sequencer:
    """Merges inputs into one order of ticks that depends on their lines alone."""

    def __init__(self, lateness: Lateness, *, tick: int = 1_000) -> None:
        """Let ticks last *tick* milliseconds."""
        self._lateness, self._tick = lateness, tick
        self._clocks: dict[int, Clock] = {}
        self._inputs: dict[int, Waiting] = {}
        self._ended: set[int] = set()
        self._silent: dict[int, int] = {}  # for how long, milliseconds
        self._closed = NOTHING_SEEN  # ticks before it were handed on
        self._lags = no_lags()  # of rows whose tick others had closed

    def __len__(self) -> int:
        """Count the rows that wait."""
        return sum(map(len, self._inputs.values()))

    def expect(self, source: int) -> None:
        """Know of an input before its first row: no tick closes without it while it is read."""
        self._inputs.setdefault(source, Waiting())

    def push(self, source: int, batch: Batch) -> None:
        """Take the next rows of one input; those further behind were asked and gave nothing."""
        self.expect(source)
        here = self.open_from(source)
        for other in self._inputs:
            if self.open_from(other) < here:
                self.silence(other, 0)
        clock = self._clocks.setdefault(source, Clock(self._lateness, self._tick))
        due = clock.due(batch.at, self._closed)
        self.accept(source, Part(batch, due), clock.reach)

    def accept(self, source: int, part: Part, reach: Reach) -> None:
        """Take the next rows of an input whose clock is read elsewhere, and how far it has come."""
        self.expect(source)
        over = (part.due < self._closed) & (part.due != UNJUDGED)
        if over.any():
            self._lags += counted(self._closed * self._tick - part.batch.at[over])
            part = Part(part.batch, np.where(over, self._closed, part.due))
        self._silent.pop(source, None)
        self._inputs[source].push(part, reach)

    def silence(self, source: int, elapsed: int) -> None:
        """Know that an input has had nothing to give for *elapsed* milliseconds."""
        self.expect(source)
        self._silent[source] = elapsed

    def end(self, source: int) -> None:
        """Know that no more rows of this input will come."""
        self._ended.add(source)

    def open_from(self, source: int) -> int:
        """Tell the oldest tick of an input that may still get rows (FOR_EVER once it has ended)."""
        if source in self._ended:
            return FOR_EVER
        held = self._inputs.get(source)
        return held.reach.open_from if held is not None else NOTHING_SEEN

    @property
    def closed(self) -> int:
        """Tell the oldest tick that is not over; all rows of older ones were handed on."""
        return self._closed

    @property
    def closing(self) -> int:
        """Tell the oldest tick that still waits for an input."""
        return max(self._closed, min(map(self._closes, self._inputs), default=NOTHING_SEEN))

    def release(self, before: int = FOR_EVER) -> tuple[Batch, NDArray[np.int64]]:
        """Hand on the rows of all ticks, older than *before*, that every input has closed.

        Returns the rows, ordered by tick, time, input and arrival, and for each the tick in which
        it is judged; UNJUDGED where it came too late for any.
        """
        closing = self.closing
        self._closed = max(self._closed, min(closing, before))
        parts = [part for held in self._inputs.values() for part in held.release(self._closed)]
        if before < closing:  # ticks that are held back and hold nothing are over as well
            oldest = min(held.oldest for held in self._inputs.values())
            self._closed = max(self._closed, min(closing, oldest))
        batch = join(*(part.batch for part in parts))
        due = np.concatenate([NO_TICKS, *(part.due for part in parts)])
        # Late rows come first in the tick they are judged in: they are older than it.
        moment = np.maximum(batch.at, np.maximum(due, 0) * self._tick)
        if (np.diff(moment) < 0).any():
            order = np.argsort(moment, kind="stable")
            return batch.take(order), due[order]
        return batch, due

    def _closes(self, source: int) -> int:
        """Tell the oldest tick that still waits for this input."""
        if source not in self._silent or source in self._ended:
            return self.open_from(source)
        reached = (
            held.reach.newest + self._silent.get(other, 0) for other, held in self._inputs.items()
        )
        return max(self.open_from(source), (max(reached) - self._lateness.silent) // self._tick)

    @property
    def lags(self) -> NDArray[np.int64]:
        """Count the rows that came too late for their own tick, by how late: see `counted`."""
        return sum((clock.lags for clock in self._clocks.values()), self._lags.copy())

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return {
            **nested({f"clock{source}": clock.state() for source, clock in self._clocks.items()}),
            **nested({f"input{source}": held.state() for source, held in self._inputs.items()}),
            "clocks": np.array(sorted(self._clocks), np.int64),
            "inputs": np.array(sorted(self._inputs), np.int64),
            "silent": np.array(sorted(self._silent.items()), np.int64).reshape(-1, 2),
            "closed": np.array([self._closed], np.int64),
            "lags": self._lags.copy(),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._silent = dict(state["silent"].tolist())
        self._closed = int(state["closed"][0])
        self._lags = state["lags"].astype(np.int64)
        for source in state["clocks"].tolist():
            clock = self._clocks[source] = Clock(self._lateness, self._tick)
            clock.restore(state_of(f"clock{source}", state))
        for source in state["inputs"].tolist():
            held = self._inputs[source] = Waiting()
            held.restore(state_of(f"input{source}", state))
