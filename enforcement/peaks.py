"""Peaks: scores held with exponential decay, so that evidence fades but is never added twice.

A score s at time t is kept as its level, log2(s) + t / half-life. Levels do not change with time,
and the held score is the highest level so far: 2 ** (level - now / half-life). A maximum can be
taken in any pieces, which is why the cut of the stream changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

NONE = -np.inf  # the level of no score


def levels(scores: Floats, age: Floats) -> Floats:
    """Turn scores into levels; *age* is their time in half-lives, of a shape that broadcasts."""
    level = np.full(scores.shape, NONE)
    return np.log2(scores, out=level, where=scores > 0.0) + age


def held(level: Floats, age: Floats, faint: float) -> Floats:
    """Turn levels into the scores that are left of them at *age*; below *faint* nothing is."""
    left = np.exp2(np.minimum(level - age, 0.0))
    return np.where(left < faint, 0.0, left)


def running(level: Floats, slot: Rows, stored: Floats) -> Floats:
    """Take the highest level of each actor so far, row by row.

    *level* is (rows, detectors), *slot* (rows,) names the actor and is grouped, in order of time;
    *stored* (slots, detectors) is what each actor starts from.
    """
    first = starts(slot)
    peak = level.copy()
    peak[first] = np.maximum(peak[first], stored[slot[first]])
    longest = int(np.diff(np.append(first, len(slot))).max(initial=0))
    reach = 1
    while reach < longest:
        same = (slot[reach:] == slot[:-reach])[:, None]
        peak[reach:] = np.maximum(peak[reach:], np.where(same, peak[:-reach], NONE))
        reach *= 2
    return peak


def starts(slot: Rows) -> Rows:
    """Find the first row of each group of equal slots."""
    changed = np.ones(len(slot), np.bool_)
    changed[1:] = slot[1:] != slot[:-1]
    return np.flatnonzero(changed)
