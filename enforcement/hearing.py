"""Hearing: what speaks against the actors of one frame, beside what spoke before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from enforcement.peaks import held, levels, running, starts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actors.frame import Frame
    from enforcement.memory import Memory

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """Rows of a frame grouped by actor, each actor's in order of time; same row, same moment."""

    frame: Frame
    row: NDArray[np.intp]  # (rows,) of the frame
    slot: NDArray[np.intp]  # (rows,) ascending; the actor's entry
    at: NDArray[np.int64]  # (rows,) seconds since 1970 UTC
    age: Floats  # (rows,) the same in half-lives
    fresh: Floats  # (rows, detectors) scores now
    held: Floats  # (rows, detectors) the most that is left of them and of earlier ones
    entries: NDArray[Any]  # what is remembered; the peaks are already those after the last row

    @classmethod
    def of(cls, frame: Frame, row: NDArray[np.intp], fresh: Floats, memory: Memory) -> Self:
        """Hear the scores *fresh* (rows, detectors) of some rows of a frame, and remember them."""
        slot = memory.places(frame.actor[row])
        order = np.argsort(slot, kind="stable")
        row, slot, fresh = row[order], slot[order], fresh[order]
        at, entries, policy = frame.at[row], memory.entries, memory.policy
        age = at / policy.half_life
        level = levels(fresh, age[:, None])
        peak = running(level, slot, entries["peaks"])
        last = np.append(starts(slot)[1:], len(slot)) - 1
        entries["peaks"][slot[last]] = peak[last]
        left = np.where(level < peak, held(peak, age[:, None], policy.faint), fresh)
        return cls(frame, row, slot, at, age, fresh, left, entries)
