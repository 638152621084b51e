"""Warmth: which pictures anybody on the site was given within the last days; the others are cold.

People look at what people look at; whoever works a catalogue off is given what nobody asked for.
A tick is judged by what was known two minutes before, as by the baseline, so shards that hold a
part of the site each can tell each other in time. A crawler, and who has a pardon, warms nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.claims import Flag, crawler, flags
from access.event import Kind, Outcome
from actors.baseline import LAG
from actors.kernels import warmth as kernel
from actors.memory import untouched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from access.batch import Batch

CRAWLERS = np.uint32(Flag.CRAWLER)
NEVER = -1  # a day on which nothing was given
GIVEN = np.dtype([("minute", "i4"), ("picture", "u4")])  # since 1970 UTC; 32 bits of its hash


class Warmth:
    """Remembers 48 to 72 hours of pictures in filters of fixed size: 2 MiB a day."""

    def __init__(self) -> None:
        """Begin with a site on which all is cold."""
        self._filters = untouched((kernel.DAYS, kernel.BITS // 64), np.dtype(np.uint64))
        self._days = np.full(kernel.DAYS, NEVER, np.int64)
        self._given = np.zeros(0, GIVEN)  # not yet known to those who judge; by rising minute

    def add(self, given: NDArray[np.void]) -> None:
        """Hear what was given (rows,) GIVEN, by rising minute; none older than the newest known."""
        self._given = np.concatenate([self._given, given])

    def cold(
        self, batch: Batch, minute: NDArray[np.int64], order: NDArray[np.int64]
    ) -> NDArray[np.uint8]:
        """Tell which rows were given a cold picture: (rows,), 0 or 1.

        *minute* (rows,) is the one in which each is judged; *order* (rows,) rises with it.
        """
        cold = delivered(batch).astype(np.uint8)
        looked = order[cold[order] > 0]
        picture, given = batch.picture.astype(np.uint32), self._given
        columns = given["minute"].astype(np.int64), given["picture"].copy()
        known = minute - LAG
        noted = kernel.tell_cold(looked, known, picture, *columns, self._filters, self._days, cold)
        self._given = given[noted:].copy()
        return cold

    def new(self, given: NDArray[np.void]) -> NDArray[np.void]:
        """Leave out what says nothing new, because that day's filter holds it, or it comes twice.

        What is left is ordered by minute.
        """
        new = np.zeros(len(given), np.uint8)
        minute, picture = given["minute"].astype(np.int64), given["picture"].copy()
        kernel.tell_new(minute, picture, self._filters, self._days, new)
        return distinct(given[new > 0])

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return {
            "filters": self._filters.copy(),
            "days": self._days.copy(),
            "given": self._given.copy(),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._filters[:] = state["filters"]
        self._days[:] = state["days"]
        self._given = state["given"].astype(GIVEN)


def distinct(given: NDArray[np.void]) -> NDArray[np.void]:
    """Name each minute and picture (rows,) GIVEN once, by rising minute."""
    keys = given["minute"].astype(np.uint64) << np.uint64(32) | given["picture"]
    named = np.unique(keys)  # of numbers: NumPy sorts records far slower
    told = np.zeros(len(named), GIVEN)
    told["minute"], told["picture"] = named >> np.uint64(32), named.astype(np.uint32)
    return told


def delivered(batch: Batch) -> NDArray[np.bool_]:
    """Tell which requests (rows,) were given a picture that is not the visitor's own."""
    given: NDArray[np.bool_] = (batch.kind == Kind.PICTURE) & (batch.outcome == Outcome.DELIVERED)
    given &= ~batch.own & (batch.picture != 0)
    return given


def given_by(
    batch: Batch,
    minute: NDArray[np.int64],
    resident: NDArray[np.uint64],
    spared: NDArray[np.bool_],
) -> NDArray[np.void]:
    """List what was given to whoever is *resident* (rows,) here, and no crawler, nor *spared*."""
    warms = delivered(batch) & (resident != 0) & ~spared
    warms &= (flags(batch.claim) & CRAWLERS == 0) & (crawler(batch.claim) == 0)
    rows = np.flatnonzero(warms)
    given = np.zeros(len(rows), GIVEN)
    given["minute"], given["picture"] = minute[rows], batch.picture[rows].astype(np.uint32)
    return given
