"""Cut what arrives into ticks of event time, so that nothing depends on how it arrived.

Time moves only by the lines themselves. A tick of an input is closed once a line has been seen that
is more than the lateness newer; rows of open ticks wait. A row that comes later still is *late*: it
is handed on with the oldest tick that is open, under its own time.

A tick is judged once every input has closed it. Whoever reads asks the input furthest behind first;
so an input that is passed over for one further ahead had nothing to give. It is *silent* until it
gives again, and meanwhile closes its ticks when the newest line of all is `Lateness.silent` newer.
So what is judged depends on the lines and the order in which inputs were read, and not even on that
while no input falls so far behind.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from access.batch import COLUMNS, PAD, Batch
from access.kernels.packing import pack, packed_size
from access.lateness import counted, no_lags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from access.lateness import Lateness

FOR_EVER = np.iinfo(np.int64).max
NOTHING_SEEN = np.iinfo(np.int64).min // 2


class Input:
    """The rows of one input that wait for their tick to close."""

    def __init__(self, lateness: Lateness, tick: int) -> None:
        """Let ticks last *tick* milliseconds."""
        self._lateness, self._tick = lateness, tick
        self._allowed = -1  # milliseconds, known from the first line on
        self.newest = NOTHING_SEEN  # milliseconds
        self.lags = no_lags()  # of the late rows
        self.waiting = Batch.empty()
        self.due = np.zeros(0, np.int64)  # for each waiting row, the tick in which it is judged

    @property
    def open_from(self) -> int:
        """Tell the oldest tick that may still get rows."""
        if self.newest == NOTHING_SEEN:
            return NOTHING_SEEN
        return (self.newest - self._allowed) // self._tick

    def push(self, batch: Batch, closed: int) -> None:
        """Take rows in the order in which they came; ticks before *closed* are over for all."""
        if not len(batch):
            return
        if self._allowed < 0:
            self._allowed = self._lateness.of(int(batch.at[0]))
        newest = np.maximum.accumulate(np.maximum(batch.at, self.newest))
        oldest_open = np.maximum((newest - self._allowed) // self._tick, closed)
        tick = batch.at // self._tick
        late = tick < oldest_open
        if late.any():
            self.lags += counted((newest - batch.at)[late])
        self.newest = int(newest[-1])
        self.due = np.concatenate([self.due, np.maximum(tick, oldest_open)])
        self.waiting = join(self.waiting, batch)

    def release(self, before: int) -> tuple[Batch, NDArray[np.int64]]:
        """Hand on the rows due before tick *before*, ordered by tick, time and arrival."""
        ready = self.due < before
        if not ready.any():
            return Batch.empty(), np.zeros(0, np.int64)
        rows = np.flatnonzero(ready)
        # Late rows come first in the tick they are judged in: they are older than it.
        moment = np.maximum(self.waiting.at[rows], self.due[rows] * self._tick)
        if (np.diff(moment) < 0).any():
            rows = rows[np.argsort(moment, kind="stable")]
            out = self.waiting.take(rows)
        elif rows[-1] == len(rows) - 1:
            out = self.waiting.take(slice(0, len(rows)))
        else:
            out = self.waiting.take(rows)
        due = self.due[rows]
        rest = np.flatnonzero(~ready)
        self.waiting, self.due = packed(self.waiting.take(rest)), self.due[rest]
        return out, due

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        waiting = packed(self.waiting)
        numbers = np.array([self._allowed, self.newest], np.int64)
        columns = {name: getattr(waiting, name) for name in COLUMNS}
        return {
            "numbers": numbers,
            "lags": self.lags.copy(),
            "due": self.due,
            "buffer": waiting.buffer,
            "spans": waiting.spans,
            **columns,
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._allowed, self.newest = (int(n) for n in state["numbers"])
        self.lags = state["lags"].astype(np.int64)
        self.due = state["due"].astype(np.int64)
        fields = {name: state[name] for name in ("buffer", "spans", *COLUMNS)}
        self.waiting = Batch(**fields)  # type: ignore[arg-type]  # dtypes are those of COLUMNS


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

        Returns the rows and, for each, the tick in which it is judged.
        """
        closed = min((self._closes(source) for source in self._inputs), default=NOTHING_SEEN)
        self._closed = max(self._closed, closed)
        parts = [held.release(self._closed) for held in self._inputs.values()]
        parts = [part for part in parts if len(part[0])]
        if not parts:
            return Batch.empty(), np.zeros(0, np.int64)
        if len(parts) == 1:
            return parts[0]
        batch = parts[0][0]
        for part, _ in parts[1:]:
            batch = join(batch, part)
        due = np.concatenate([part[1] for part in parts])
        order = np.argsort(np.maximum(batch.at, due * self._tick), kind="stable")
        return batch.take(order), due[order]

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
        columns = {
            f"{source}.{name}": column
            for source, held in self._inputs.items()
            for name, column in held.state().items()
        }
        return {
            **columns,
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
            prefix = f"{source}."
            held.restore(
                {n.removeprefix(prefix): c for n, c in state.items() if n.startswith(prefix)}
            )


def packed(batch: Batch) -> Batch:
    """Copy a batch's text into a buffer of its own, no larger than needed."""
    buffer = np.zeros(int(packed_size(batch.spans)) + PAD, np.uint8)
    spans = np.zeros_like(batch.spans)
    pack(batch.buffer, batch.spans, buffer, spans, 0)
    return replace(batch, buffer=buffer, spans=spans)


def join(first: Batch, second: Batch) -> Batch:
    """Put the rows of two batches into one."""
    if not len(first):
        return second
    if not len(second):
        return first
    text = len(first.buffer) - PAD
    columns = {
        name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in COLUMNS
    }
    return Batch(
        buffer=np.concatenate([first.buffer[:text], second.buffer]),
        spans=np.concatenate([first.spans, second.spans + np.int32(text)]),
        **columns,
    )
