"""Evasion: who goes on where somebody was stopped; trails and pursuit together, for whoever judges.

A judge of the whole site hears its addresses in parts where something is said of a newcomer who
goes on: what follows from the parts before has to be known when it is compared. A shard is told by
the site, and hears its frames at once.
"""

from __future__ import annotations

from copy import copy
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from access.nesting import nested, state_of
from actors.baseline import minute_of
from actors.features import MINUTE, Resumed
from enforcement.pursuit import Pursuit
from enforcement.trails import Seen, Trails

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from actors.frame import Frame
    from actors.pairs import Folded
    from detectors.base import Detector
    from enforcement.decision import Decision

ALWAYS = -(1 << 40), 1 << 40  # minutes since 1970 UTC


class Evasion:
    """Knows who is acted upon, who is new, and who of them goes on from whom."""

    def __init__(self, slots: int, seed: int) -> None:
        """Know nobody; *slots* and *seed* as in `Starts`."""
        self._trails, self._pursuit = Trails(), Pursuit(slots, seed)
        self._seen: Seen | None = None
        self._span = ALWAYS  # of the batch, which decisions are heard about

    def see(self, folded: Folded, resident: NDArray[np.uint64]) -> None:
        """Take the next batch; *resident* (rows,) as in `Starts.note`."""
        self._seen, self._span = Seen.of(folded, resident), ALWAYS
        self._pursuit.note(self._seen)

    @property
    def is_due(self) -> bool:
        """Tell whether anybody is to be compared in the batch."""
        return next(self._moments(), None) is not None

    def linked(self, frames: Sequence[Frame]) -> list[Frame]:
        """Add to frames of the batch what is known by now of who goes on."""
        return self._pursuit.compared(frames)

    def compare(self) -> None:
        """Compare who is due in the batch, all of which was heard."""
        for moment in self._moments():
            self._settled(moment)

    def parts(self, frames: Sequence[Frame], first: int) -> Iterator[list[Frame]]:
        """Give frames of addresses in parts; each is heard before the next is asked for.

        *first* is the minute before which nothing is said of whoever goes on: see `otherwise`.
        """
        begins, ends = ALWAYS
        for moment in self._moments():
            cut = max(moment, first)
            if cut > max(begins, self._minutes.min()):
                yield self._part(frames, begins, cut)
                begins = cut
            self._settled(moment)
        yield self._part(frames, begins, ends)

    def whole(self, frames: Sequence[Frame]) -> list[Frame]:
        """Give frames of the batch, all that has to be known of others being known."""
        if self._seen and len(self._seen.folded.at):
            self._pursuit.settle(int(minute_of(self._seen.folded.at).max()))
        return self._pursuit.compared(frames)

    def hear(self, decisions: Iterable[Decision]) -> None:
        """Know what was decided on the part that was given last."""
        if self._seen:
            self._trails.hear(self._seen, self._span, decisions)

    def told(self, minute: int) -> NDArray[np.void]:
        """Tell the trails (rows,) TRAIL of minutes that are over by now."""
        return self._trails.close(minute)

    def learn(self, trails: NDArray[np.void]) -> None:
        """Know of trails of the whole site, by minute."""
        self._pursuit.learn(trails)

    def follows(self, decision: Decision) -> str | None:
        """Name the decision that was evaded by whom this one is about; None where none is known."""
        return self._pursuit.follows(decision)

    def state(self) -> dict[str, NDArray[Any]]:
        """Copy out what has to survive a restart."""
        return nested({"trails": self._trails.state(), "pursuit": self._pursuit.state()})

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Take up again what `state` copied out."""
        self._trails.restore(state_of("trails", state))
        self._pursuit.restore(state_of("pursuit", state))

    def copy(self) -> Evasion:
        """Know the same apart from this one; the batch is seen by both."""
        # Both replace what they know and write into none of it, but for starts, noted once a batch.
        copied = copy(self)
        copied._trails, copied._pursuit = copy(self._trails), copy(self._pursuit)  # noqa: SLF001
        return copied

    @property
    def _minutes(self) -> NDArray[np.int64]:
        """Tell the minutes of the batch (rows,)."""
        return minute_of(self._seen.folded.at) if self._seen else np.zeros(0, np.int64)

    def _moments(self) -> Iterator[int]:
        """Give the minutes of the batch in which somebody is compared, once the one before is."""
        last = self._minutes.max(initial=ALWAYS[0])
        while (moment := self._pursuit.next) is not None and moment <= last:
            yield moment

    def _settled(self, moment: int) -> None:
        """Compare whoever is due at a moment, all before it being heard."""
        self._pursuit.learn(self._trails.close(moment - 1))
        self._pursuit.settle_early(moment)

    def _part(self, frames: Sequence[Frame], begins: int, ends: int) -> list[Frame]:
        """Cut the frames of some minutes out, closed-open."""
        self._span = begins, ends
        return self._pursuit.compared([between(frame, begins, ends) for frame in frames])


def between(frame: Frame, begins: int, ends: int) -> Frame:
    """Take the rows of a frame in some minutes, closed-open."""
    first, last = np.searchsorted(frame.at, [begins * MINUTE, ends * MINUTE], side="right")
    return frame if last - first == len(frame) else frame.take(np.arange(first, last))


def otherwise(
    detectors: Iterable[Detector], heard: Sequence[Frame], linked: Sequence[Frame]
) -> int | None:
    """Tell the first minute in which more links make a detector say something else, if any.

    Frames are those that were *heard*, and the same with all links that are known by now.
    """
    told = [d for d in detectors if any(isinstance(feature, Resumed) for feature in d.reads)]
    minutes = [
        minute_of(after.at[each.score(after) != each.score(before)])
        for each, (before, after) in product(told, zip(heard, linked, strict=True))
    ]
    return min((int(of[0]) for of in minutes if len(of)), default=None)
