"""Waiting: the rows of one input whose tick is not over yet; see `access.ticks`."""

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
