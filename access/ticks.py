"""Cut what arrives into ticks of event time, so that nothing depends on how it arrived.

Time moves only by the lines themselves. A tick of an input is closed once a line has been seen that
is more than the lateness newer; rows of open ticks wait. A row that comes later still is *late*: it
is handed on with the oldest tick that is open, under its own time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from access.batch import COLUMNS, PAD, Batch
from access.kernels.packing import pack, packed_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FOR_EVER = np.iinfo(np.int64).max
NOTHING_SEEN = np.iinfo(np.int64).min // 2


@dataclass(frozen=True, slots=True)
class Lateness:
    """How much older than the newest line a line may be and still be judged in its own tick."""

    whole_seconds: int = 2_000  # milliseconds, for inputs whose first line carries whole seconds
    milliseconds: int = 250  # milliseconds, for inputs that carry milliseconds

    def of(self, first: int) -> int:
        """Choose by the time of an input's first line, in milliseconds."""
        return self.whole_seconds if first % 1000 == 0 else self.milliseconds


class Input:
    """The rows of one input that wait for their tick to close."""

    def __init__(self, lateness: Lateness, tick: int) -> None:
        """Let ticks last *tick* milliseconds."""
        self._lateness, self._tick = lateness, tick
        self._allowed = -1  # milliseconds, known from the first line on
        self.newest = NOTHING_SEEN  # milliseconds
        self.late = 0
        self.waiting = Batch.empty()
        self.due = np.zeros(0, np.int64)  # for each waiting row, the tick in which it is judged

    @property
    def open_from(self) -> int:
        """Tell the oldest tick that may still get rows."""
        if self.newest == NOTHING_SEEN:
            return NOTHING_SEEN
        return (self.newest - self._allowed) // self._tick

    def push(self, batch: Batch) -> None:
        """Take rows in the order in which they came."""
        if not len(batch):
            return
        if self._allowed < 0:
            self._allowed = self._lateness.of(int(batch.at[0]))
        newest = np.maximum.accumulate(np.maximum(batch.at, self.newest))
        oldest_open = (newest - self._allowed) // self._tick
        tick = batch.at // self._tick
        self.late += int(np.count_nonzero(tick < oldest_open))
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
        numbers = np.array([self._allowed, self.newest, self.late], np.int64)
        columns = {name: getattr(waiting, name) for name in COLUMNS}
        return {
            "numbers": numbers,
            "due": self.due,
            "buffer": waiting.buffer,
            "spans": waiting.spans,
            **columns,
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._allowed, self.newest, self.late = (int(n) for n in state["numbers"])
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

    def expect(self, source: int) -> None:
        """Know of an input before its first row: no tick closes without it."""
        self._inputs.setdefault(source, Input(self._lateness, self._tick))

    def push(self, source: int, batch: Batch) -> None:
        """Take the next rows of one input."""
        self.expect(source)
        self._inputs[source].push(batch)

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
        closed = min((self.open_from(source) for source in self._inputs), default=NOTHING_SEEN)
        parts = [held.release(closed) for held in self._inputs.values()]
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

    @property
    def late(self) -> int:
        """Count the rows that came too late to be judged in their own tick."""
        return sum(held.late for held in self._inputs.values())

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        columns = {
            f"{source}.{name}": column
            for source, held in self._inputs.items()
            for name, column in held.state().items()
        }
        return {**columns, "inputs": np.array(sorted(self._inputs), np.int64)}

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
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
