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
while no input falls so far behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.lateness import no_lags
from access.nesting import nested, state_of
from access.packing import join
from access.waiting import NO_TICKS, NOTHING_SEEN, Input

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from access.batch import Batch
    from access.lateness import Lateness

FOR_EVER = np.iinfo(np.int64).max


class Sequencer:
    """Merges inputs into one order of ticks that depends on their lines alone."""

    def __init__(self, lateness: Lateness, *, tick: int = 1_000) -> None:
        """Let ticks last *tick* milliseconds."""
        self._lateness, self._tick = lateness, tick
        self._inputs: dict[int, Input] = {}
        self._ended: set[int] = set()
        self._silent: set[int] = set()
        self._closed = NOTHING_SEEN  # ticks before it were handed on

    def expect(self, source: int) -> None:
        """Know of an input before its first row: no tick closes without it while it is read."""
        self._inputs.setdefault(source, Input(self._lateness, self._tick))

    def push(self, source: int, batch: Batch) -> None:
        """Take the next rows of one input; those further behind were asked and gave nothing."""
        self.expect(source)
        here = self.open_from(source)
        self._silent |= {other for other in self._inputs if self.open_from(other) < here}
        self._silent.discard(source)
        self._inputs[source].push(batch, self._closed)

    def end(self, source: int) -> None:
        """Know that no more rows of this input will come."""
        self._ended.add(source)

    def open_from(self, source: int) -> int:
        """Tell the oldest tick of an input that may still get rows (FOR_EVER once it has ended)."""
        if source in self._ended:
            return FOR_EVER
        held = self._inputs.get(source)
        return held.open_from if held else NOTHING_SEEN

    def release(self) -> tuple[Batch, NDArray[np.int64]]:
        """Hand on the rows of all ticks that every input has closed.

        Returns the rows, ordered by tick, time, input and arrival, and for each the tick in which
        it is judged; UNJUDGED where it came too late for any.
        """
        closed = min((self._closes(source) for source in self._inputs), default=NOTHING_SEEN)
        self._closed = max(self._closed, closed)
        parts = [part for held in self._inputs.values() for part in held.release(self._closed)]
        batch = join(*(part.batch for part in parts))
        due = np.concatenate([NO_TICKS, *(part.due for part in parts)])
        # Late rows come first in the tick they are judged in: they are older than it.
        moment = np.maximum(batch.at, np.maximum(due, 0) * self._tick)
        if (np.diff(moment) < 0).any():
            order = np.argsort(moment, kind="stable")
            return batch.take(order), due[order]
        return batch, due

    def _closes(self, source: int) -> int:
        """Tell the oldest tick that still waits for an input."""
        if source not in self._silent:
            return self.open_from(source)
        newest = max(held.newest for held in self._inputs.values())
        return max(self.open_from(source), (newest - self._lateness.silent) // self._tick)

    @property
    def lags(self) -> NDArray[np.int64]:
        """Count the rows that came too late for their own tick, by how late: see `counted`."""
        return sum((held.lags for held in self._inputs.values()), no_lags())

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return {
            **nested({str(source): held.state() for source, held in self._inputs.items()}),
            "inputs": np.array(sorted(self._inputs), np.int64),
            "silent": np.array(sorted(self._silent), np.int64),
            "closed": np.array([self._closed], np.int64),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._silent = set(state["silent"].tolist())
        self._closed = int(state["closed"][0])
        for source in state["inputs"].tolist():
            held = self._inputs[source] = Input(self._lateness, self._tick)
            held.restore(state_of(str(source), state))
