"""Waiting: the rows of one input whose tick is not over yet; see `access.ticks`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.batch import COLUMNS, Batch
from access.kernels.newest import NEWEST, follow_newest
from access.lateness import counted, no_lags
from access.packing import join, packed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from access.lateness import Lateness

NOTHING_SEEN = np.iinfo(np.int64).min // 2
UNJUDGED = NOTHING_SEEN  # the tick of a row that came too late to be judged in any
CONFIRMATIONS = 3  # lines in a row that a leap of the clock takes
NO_TICKS = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that came together, and for each the tick in which it is judged."""

    batch: Batch
    due: NDArray[np.int64]

    def split(self, before: int) -> tuple[Part, Part]:
        """Part the rows due before a tick from the rest."""
        ready = self.due < before
        if not ready.any():
            return Part(Batch.empty(), self.due[:0]), self
        if ready.all():
            return self, Part(Batch.empty(), self.due[:0])
        rest = np.flatnonzero(~ready)
        # The rest is nearly always the end, and few: it gets text of its own, the others need none.
        at_the_end = rest[0] == len(ready) - len(rest)
        rows = slice(0, int(rest[0])) if at_the_end else np.flatnonzero(ready)
        waiting = Part(packed(self.batch.take(rest)), self.due[rest])
        return Part(self.batch.take(rows), self.due[rows]), waiting


class Input:
    """The rows of one input that wait for their tick to close."""

    def __init__(self, lateness: Lateness, tick: int) -> None:
        """Let ticks last *tick* milliseconds."""
        self._lateness, self._tick = lateness, tick
        self._allowed = -1  # milliseconds, known from the first line on
        self._clock = np.array([NOTHING_SEEN, 0, 0, 0], np.int64)  # see `follow_newest`
        self.lags = no_lags()  # of the late rows
        self._parts: list[Part] = []

    @property
    def newest(self) -> int:
        """Tell the newest time that can be believed, milliseconds since 1970 UTC."""
        return int(self._clock[NEWEST])

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
            self._clock[NEWEST] = batch.at[0]
        newest = np.empty(len(batch), np.int64)
        follow_newest(batch.at, self._lateness.leap, CONFIRMATIONS, self._clock, newest)
        oldest_open = np.maximum((newest - self._allowed) // self._tick, closed)
        tick = batch.at // self._tick
        due = np.maximum(tick, oldest_open)
        lag = newest - batch.at
        if (tick < oldest_open).any():
            self.lags += counted(lag[tick < oldest_open])
        due[lag > max(self._lateness.stale, self._allowed)] = UNJUDGED
        self._parts.append(Part(batch, due))

    def release(self, before: int) -> list[Part]:
        """Hand on the rows due before tick *before*, in the order in which they came."""
        split = [part.split(before) for part in self._parts]
        self._parts = [rest for _, rest in split if len(rest.due)]
        return [ready for ready, _ in split if len(ready.due)]

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        waiting = packed(join(*(part.batch for part in self._parts)))
        return {
            "allowed": np.array([self._allowed], np.int64),
            "clock": self._clock.copy(),
            "lags": self.lags.copy(),
            "due": np.concatenate([NO_TICKS, *(part.due for part in self._parts)]),
            "buffer": waiting.buffer,
            "spans": waiting.spans,
            **{name: getattr(waiting, name) for name in COLUMNS},
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._allowed = int(state["allowed"][0])
        self._clock[:] = state["clock"]
        self.lags = state["lags"].astype(np.int64)
        fields = {name: state[name] for name in ("buffer", "spans", *COLUMNS)}
        waiting = Batch(**fields)  # type: ignore[arg-type]  # dtypes are those of COLUMNS
        self._parts = [Part(waiting, state["due"].astype(np.int64))] if len(waiting) else []
