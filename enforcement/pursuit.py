"""Pursuit: finds newcomers whose first pictures go on where somebody stopped who is acted upon.

A start is compared once, two minutes after it began: by then the whole site knows who was
challenged or blocked before, and what they asked for last. So shards and one process say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from access.nesting import nested, state_of
from actors.baseline import LAG, minute_of
from actors.features import HOUR, MINUTE, Handover, Resumed
from actors.frame import Frame, Scope
from actors.starts import START, Starts
from detectors.sequel import Sequel
from enforcement.likeness import Likeness, likeness, touching
from enforcement.trails import LENGTH, MOST, TRAIL
from enforcement.wanted import FOLLOWED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from actors.features import Feature
    from enforcement.decision import Decision
    from enforcement.trails import Seen

KNOWN = 1 << 16  # rows of trails known at once, an hour of them; 80 bytes each
HANDED = HOUR  # seconds from somebody's last picture within which another goes on

LINK = np.dtype(
    [
        ("key", "u8"),  # address
        ("begins", "i8"),  # second from which on it is known
        ("decision", "u8"),
        ("by", "f8", (len(Handover),)),
    ]
)


class Pursuit:
    """Remembers newcomers until they can be compared, and whom they were found to go on from."""

    def __init__(self, slots: int, seed: int) -> None:
        """Know no trail; *slots* as in `Starts`."""
        self._starts = Starts(slots, seed)
        self._due = np.zeros(0, START)
        self._known = np.zeros(0, TRAIL)
        self._links = np.zeros(0, LINK)  # of a day, as they were found

    def note(self, seen: Seen) -> None:
        """Take notice of the newcomers of a batch."""
        starts = self._starts.note(seen.folded, seen.resident, seen.rows)
        self._due = np.concatenate([self._due, starts])

    @property
    def next(self) -> int | None:
        """Tell the first minute in which somebody is to be compared, if anybody is."""
        return int(_moment(self._due).min()) if len(self._due) else None

    def learn(self, trails: NDArray[np.void]) -> None:
        """Know of more trails, said after those that are known."""
        if len(trails):
            known = np.concatenate([self._known, trails])
            fresh = known["said"] >= trails["said"].max() - 2 * HANDED // MINUTE
            self._known = known[fresh][-KNOWN:]

    def settle(self, minute: int) -> None:
        """Compare whoever is due by a minute."""
        self._settle(minute, _moment(self._due) <= minute)

    def settle_early(self, minute: int) -> None:
        """Compare whoever began before a minute, up to which all trails are known."""
        self._settle(minute, _began(self._due) < minute)

    def _settle(self, minute: int, now: NDArray[np.bool_]) -> None:
        due, self._due = self._due[now], self._due[~now]
        if not len(self._known):
            due = due[:0]
        found = [link for start in due if (link := self._link(start)) is not None]
        kept = self._links[self._links["begins"] > minute * MINUTE - FOLLOWED][-MOST:]
        self._links = np.concatenate([kept, np.array(found, LINK)]) if found else kept

    def compared(self, frames: Sequence[Frame]) -> list[Frame]:
        """Add to frames what links their addresses to somebody."""
        return [*map(self._compared, frames)] if len(self._links) else list(frames)

    def follows(self, decision: Decision) -> str | None:
        """Name the decision that was evaded by whom this one is about, where it rests on that."""
        if decision.scope is not Scope.ADDRESS or Sequel.name not in decision.detectors:
            return None
        of = self._links["key"] == np.uint64(decision.key)
        links = self._links[of & (self._links["begins"] <= decision.at)]
        return f"{int(links['decision'][-1]):016x}" if len(links) else None

    def state(self) -> dict[str, NDArray[Any]]:
        """Copy out what has to survive a restart."""
        starts = nested({"starts": self._starts.state()})
        return {**starts, "due": self._due, "known": self._known, "links": self._links}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Take up again what `state` copied out."""
        self._starts.restore(state_of("starts", state))
        self._due, self._known = state["due"].astype(START), state["known"].astype(TRAIL)
        self._links = state["links"].astype(LINK)

    def _link(self, start: np.void) -> tuple[Any, ...] | None:
        """Find the trail that a start goes on from, the likest one."""
        steps = start["steps"]
        first = int(steps["at"][0])
        known, step = self._known, self._known["step"]
        before = (known["said"] <= minute_of(steps["at"][0])) & (known["since"] <= first)
        before &= (step["at"] <= first) & (step["at"] > first - HANDED)
        touched = known["trail"][before & touching(steps, step)]
        best, by = Likeness(), None
        for trail in apart(known[before & np.isin(known["trail"], touched)]):
            like = likeness(steps, trail["step"][-LENGTH:])
            if like.strength > best.strength:
                best, by = like, trail[-1]
        if by is None:
            return None
        gap, after = first - int(by["step"]["at"]), first - int(by["since"])
        begins = max(MINUTE * (int(minute_of(steps["at"][0])) + LAG) + 1, int(steps["at"][-1]))
        return start["key"], begins, by["decision"], (*map(float, best), gap, after)

    def _compared(self, frame: Frame) -> Frame:
        """Add the columns of one frame."""
        if frame.scope is not Scope.ADDRESS:
            return frame
        order = np.argsort(self._links["key"], kind="stable")
        links = self._links[order]
        place = np.minimum(np.searchsorted(links["key"], frame.actor), len(links) - 1)
        of = links[place]
        held = (of["key"] == frame.actor) & (of["begins"] <= frame.at)
        held &= frame.at < of["begins"] + HANDED
        columns: dict[Feature, NDArray[np.float64]] = dict(frame.columns)
        for handover in Handover:
            columns[Resumed(handover)] = np.where(held, of["by"][:, handover], 0.0)
        return Frame(frame.scope, frame.at, frame.actor, frame.row, columns)


def apart(rows: NDArray[np.void]) -> list[NDArray[np.void]]:
    """Part rows (rows,) TRAIL by whose they are, in order of that; each in the order they came."""
    rows = rows[np.argsort(rows["trail"], kind="stable")]
    return np.split(rows, np.flatnonzero(np.diff(rows["trail"])) + 1)


def _began(starts: NDArray[np.void]) -> NDArray[np.int64]:
    """Tell in which minute each start began."""
    began: NDArray[np.int64] = minute_of(starts["steps"]["at"][:, 0])
    return began


def _moment(starts: NDArray[np.void]) -> NDArray[np.int64]:
    """Tell in which minute each start is compared, at the latest."""
    ended = minute_of(starts["steps"]["at"][:, -1])
    moment: NDArray[np.int64] = np.maximum(_began(starts) + LAG, ended)
    return moment
