"""Baseline: what newcomers to the whole site are used to do, minute by minute.

A tick is judged by what was known two minutes before, so that shards which hold a part of the site
each can tell each other in time; and all of them judge by the same shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actors.features import DAY, MINUTE, PANES, Habit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

LAG = 2  # minutes between what newcomers do and what is judged by it
GRACE = 20  # newcomers with every habit that a site is credited with before any came
# … but for HTTP/2: of real sites that speak HTTP/1 alone, readers would stand out until many came.
# Nor for headers, which few sites log.
EARNED = (Habit.SPOKE_HTTP_2, Habit.FETCHED, Habit.PICTURED)
CREDIT = np.array([0 if habit in EARNED else GRACE for habit in Habit], np.int64)
PANE = DAY // PANES // MINUTE  # minutes
KEPT = (PANES + 1) * PANE  # minutes; older ones are in no window
COUNTS = 1 + len(Habit)  # all newcomers, and those with each habit; as in the kernels


def minute_of(at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Say in which minute, since 1970 UTC, ticks lie that end at seconds (rows,)."""
    return (at - 1) // MINUTE


class Baseline:
    """Counts newcomers by minute, over the last day."""

    def __init__(self) -> None:
        """Begin with a site that nobody came to."""
        self._minute = np.zeros(0, np.int64)  # rising
        self._total = np.zeros((1, COUNTS), np.int64)  # of all minutes before, and of all

    def add(self, minute: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        """Add newcomers (rows, COUNTS) of minutes (rows,), none older than the newest known."""
        if not len(minute):
            return
        distinct, where = np.unique(np.append(self._minute, minute), return_inverse=True)
        held = np.zeros((len(distinct), COUNTS), np.int64)
        np.add.at(held, where, np.vstack([np.diff(self._total, axis=0), counts]))
        kept = distinct > distinct[-1] - KEPT
        self._minute = distinct[kept]
        self._total = np.vstack([np.zeros((1, COUNTS), np.int64), np.cumsum(held[kept], axis=0)])

    def shares(self, at: NDArray[np.int64]) -> NDArray[np.float64]:
        """Tell the shares of newcomers with each habit (rows, habits) by which ticks are judged.

        The ticks end at seconds (rows,); the window is five whole panes and the running one.
        """
        last = minute_of(at) - LAG
        first = (last // PANE - PANES + 1) * PANE
        seen = self._total[np.searchsorted(self._minute, last, side="right")]
        over = self._total[np.searchsorted(self._minute, first, side="left")]
        held = seen - np.minimum(over, seen)
        return (held[:, 1:] + CREDIT) / (held[:, :1] + GRACE)

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return {"minute": self._minute.copy(), "total": self._total.copy()}

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._minute = state["minute"].astype(np.int64)
        self._total = state["total"].astype(np.int64)
