"""Clock: how far event time has come in one input, told by its lines alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.kernels.newest import NEWEST, follow_newest
from access.lateness import counted, no_lags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from access.lateness import Lateness

NOTHING_SEEN = np.iinfo(np.int64).min // 2
UNJUDGED = NOTHING_SEEN  # the tick of a row that came too late to be judged in any
CONFIRMATIONS = 3  # lines in a row that a leap of the clock takes


class Reach(NamedTuple):
    """How far an input has come."""

    newest: int = NOTHING_SEEN  # newest time that can be believed, milliseconds since 1970 UTC
    open_from: int = NOTHING_SEEN  # oldest tick that may still get rows


class Clock:
    """Follows the newest time of one input, and says in which tick each line is judged."""

    def __init__(self, lateness: Lateness, tick: int) -> None:
        """Let ticks last *tick* milliseconds."""
        self._lateness, self._tick = lateness, tick
        self._allowed = -1  # milliseconds, known from the first line on
        self._clock = np.array([NOTHING_SEEN, 0, 0, 0], np.int64)  # see `follow_newest`
        self.lags = no_lags()  # of the late rows

    @property
    def reach(self) -> Reach:
        """Tell how far the input has come."""
        newest = int(self._clock[NEWEST])
        if newest == NOTHING_SEEN:
            return Reach()
        return Reach(newest, (newest - self._allowed) // self._tick)

    def due(self, at: NDArray[np.int64], closed: int = NOTHING_SEEN) -> NDArray[np.int64]:
        """Say in which tick rows are judged that came now, at times (rows,) in milliseconds.

        Ticks before *closed* are over for all inputs.
        """
        if not len(at):
            return at
        if self._allowed < 0:
            self._allowed = self._lateness.of(int(at[0]))
            self._clock[NEWEST] = at[0]
        newest = np.empty(len(at), np.int64)
        follow_newest(at, self._lateness.leap, CONFIRMATIONS, self._clock, newest)
        oldest_open = np.maximum((newest - self._allowed) // self._tick, closed)
        tick = at // self._tick
        due = np.maximum(tick, oldest_open)
        lag = newest - at
        if (tick < oldest_open).any():
            self.lags += counted(lag[tick < oldest_open])
        due[lag > max(self._lateness.stale, self._allowed)] = UNJUDGED
        return due

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return {
            "allowed": np.array([self._allowed], np.int64),
            "clock": self._clock.copy(),
            "lags": self.lags.copy(),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._allowed = int(state["allowed"][0])
        self._clock[:] = state["clock"]
        self.lags = state["lags"].astype(np.int64)
