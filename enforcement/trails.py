"""Trails: what those ask for who are acted upon, so that somebody else is seen to go on from there.

Whoever any action is taken on is followed from then on. Once it is a challenge or a block, what the
visitor asked for last is told to the whole site, minute by minute: `enforcement.pursuit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from actors.baseline import minute_of
from actors.features import MINUTE
from actors.steps import STEP, asked_rows, steps_of
from enforcement.wanted import FOLLOWED, WANTED, minutes, turns, wanted_with, wanting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from actors.pairs import Folded
    from enforcement.decision import Decision

LENGTH = 8  # last pictures of somebody that are told of each minute
MOST = 4096  # visitors followed at once, and those of the minute of the last decision

TRAIL = np.dtype(
    [
        ("said", "i4"),  # minute since 1970 UTC as of which it is known
        ("padding", "u4"),
        ("trail", "u8"),  # who is followed: by the first decision in force, so by no address
        ("decision", "u8"),  # the challenge or block, its id as a number
        ("since", "i8"),  # … and when it was taken, seconds since 1970 UTC
        ("step", STEP),
    ]
)
HELD = np.dtype([("key", "u8"), ("step", STEP)])


class Seen(NamedTuple):
    """A batch, and where pictures were asked for in it by those who are remembered here."""

    folded: Folded
    resident: NDArray[np.uint64]  # (rows of the batch,) as in `asked_rows`
    rows: NDArray[np.int64]  # (asked,) of the batch, as folded
    minute: NDArray[np.int64]  # (asked,) since 1970 UTC

    @classmethod
    def of(cls, folded: Folded, resident: NDArray[np.uint64]) -> Self:
        """Look through a batch."""
        rows = asked_rows(folded, resident)
        return cls(folded, resident, rows, minute_of(folded.at[rows]))


class Trails:
    """Remembers whom decisions are about, and their last pictures."""

    def __init__(self) -> None:
        """Follow nobody."""
        self._wanted = np.zeros(0, WANTED)  # rising by key
        self._held = np.zeros(0, HELD)  # as asked; not yet told

    def hear(
        self,
        seen: Seen,
        span: tuple[int, int],
        decisions: Iterable[Decision],
    ) -> None:
        """Follow whom *decisions* are about, through what was *seen* in the minutes *span*.

        Minutes since 1970 UTC, closed-open.
        """
        new = wanting(decisions)
        # While there is room, nobody is forgotten between two minutes.
        for part in [new] if len(self._wanted) + len(new) <= MOST else minutes(new):
            self._want(part)
        if not len(self._wanted):
            return
        folded, resident = seen.folded, seen.resident
        rows = seen.rows[(seen.minute >= span[0]) & (seen.minute < span[1])]
        place = np.searchsorted(self._wanted["key"], resident[rows])
        known = self._wanted[np.minimum(place, len(self._wanted) - 1)]
        at = folded.at[rows]
        fits = (at > known["from"]) & (at <= known["last"] + FOLLOWED)
        rows = rows[(known["key"] == resident[rows]) & fits]
        held = np.zeros(len(rows), HELD)
        held["key"], held["step"] = resident[rows], steps_of(folded, rows)
        self._held = np.concatenate([self._held, held])

    def close(self, minute: int) -> NDArray[np.void]:
        """Know that a minute, and all before it, are over: (rows,) TRAIL of those not told yet."""
        if not len(self._held):
            return np.zeros(0, TRAIL)
        place = np.searchsorted(self._wanted["key"], self._held["key"])
        of = self._wanted[place]
        stood = (of["decision"] != 0) & (minute_of(of["since"]) <= minute)
        said = np.maximum(minute_of(self._held["step"]["at"]), minute_of(of["since"]))
        over = stood & (said <= minute)
        told = np.zeros(int(over.sum()), TRAIL)
        told["said"], told["step"] = said[over], self._held["step"][over]
        for name in ("trail", "decision", "since"):
            told[name] = of[name][over]
        self._held = self._held[~over]
        self._held = self._held[lasting(self._held["key"], waiting(self._held, minute))]
        self._forget(minute)
        return told[lasting(told["trail"], told["said"])]

    def state(self) -> dict[str, NDArray[Any]]:
        """Copy out what has to survive a restart."""
        return {"wanted": self._wanted.copy(), "held": self._held.copy()}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Take up again what `state` copied out."""
        self._wanted = state["wanted"].astype(WANTED)
        self._held = state["held"].astype(HELD)

    def _want(self, new: NDArray[np.void]) -> None:
        """Follow whom decisions are about: (rows,) WANTED, of one minute where room is short."""
        heard = minute_of(self._wanted["last"]).max(initial=0)
        if len(new) and len(self._wanted) > MOST and minute_of(new["from"]).min() > heard:
            self._keep(self._latest())
        for turn in turns(new):
            self._wanted, anew = wanted_with(self._wanted, turn)
            if len(anew):
                self._held = self._held[~np.isin(self._held["key"], anew)]

    def _forget(self, minute: int) -> None:
        """Follow nobody for longer than a day, and of too many those of the last decisions."""
        kept = self._wanted["last"] > minute * MINUTE - FOLLOWED
        if kept.sum() > MOST:
            kept &= self._latest()
        self._keep(kept)

    def _latest(self) -> NDArray[np.bool_]:
        """Tell who the last decisions were about."""
        rank = np.argsort(np.argsort(-self._wanted["last"], kind="stable"))
        latest: NDArray[np.bool_] = rank < MOST
        return latest

    def _keep(self, kept: NDArray[np.bool_]) -> None:
        if not kept.all():
            self._wanted = self._wanted[kept]
            self._held = self._held[np.isin(self._held["key"], self._wanted["key"])]


def waiting(held: NDArray[np.void], minute: int) -> NDArray[np.int64]:
    """Group what is held: what was asked for up to a minute together, later minutes apart."""
    asked: NDArray[np.int64] = np.maximum(minute_of(held["step"]["at"]), minute)
    return asked


def lasting(who: NDArray[np.uint64], minute: NDArray[np.int64]) -> NDArray[np.intp]:
    """Pick the last *LENGTH* rows of everybody in each minute; in order, as they came."""
    order = np.lexsort((minute, who))
    changed = np.ones(len(order), np.bool_)
    changed[:-1] = (who[order][1:] != who[order][:-1]) | (minute[order][1:] != minute[order][:-1])
    ends = np.flatnonzero(changed)
    left = ends[np.searchsorted(ends, np.arange(len(order)))] - np.arange(len(order))
    return np.sort(order[left < LENGTH])
