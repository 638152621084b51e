"""Likeness: how far somebody's first pictures go on where somebody else stopped.

Three marks, each of which takes a work list: numbers that go on from the last one in its direction;
pictures that the other was refused, asked for again; the rest of the owner it was at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actors.kernels.shapes import REACH
from actors.steps import ASKING

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 4  # pictures of a trail that show where it leads
SAME_WAY = 0.75  # share of a trail's steps that go one way; workers side by side blur it


class Likeness(NamedTuple):
    """What links a start to a trail; all of them 0 where nothing does."""

    steps: int = 0  # leading pictures whose numbers go on
    retried: int = 0  # pictures that were refused to the other
    kin: int = 0  # pictures of the owner it was at, none of which it had taken

    @property
    def strength(self) -> int:
        """Tell which of several is the likest; somebody's pictures are linked by others, too."""
        return max(2 * self.steps, 2 * self.retried, self.kin)


def likeness(start: NDArray[np.void], trail: NDArray[np.void]) -> Likeness:
    """Compare a start with the last pictures of a trail, both STEP in order of time."""
    if len(trail) < LEAST or not alike(start, trail):
        return Likeness()
    owner, first = trail["owner"][-1], start["owner"][0]
    elsewhere = bool(owner and first and owner != first)
    asked = set(start["picture"].tolist())
    refused = set(trail["picture"][trail["refused"] != 0].tolist())
    taken = set(trail["picture"][trail["refused"] == 0].tolist())
    retried = len(asked & refused)
    if asked & taken:  # a work list does not go back; two readers of one album do
        return Likeness(retried=retried)
    kin = len(set(start["picture"][start["owner"] == owner].tolist())) if owner else 0
    return Likeness(0 if elsewhere else goes_on(start, trail), retried, kin)


def touching(start: NDArray[np.void], rows: NDArray[np.void]) -> NDArray[np.bool_]:
    """Tell which of many trails' pictures (rows,) STEP may link a start: no trail does without.

    A look at all rows at once spares the comparison with nearly every trail.
    """
    refused = (rows["refused"] != 0) & np.isin(rows["picture"], start["picture"])
    kin = (rows["owner"] != 0) & np.isin(rows["owner"], start["owner"])
    serial, first = rows["serial"], start["serial"][0]
    near = (serial >= first - REACH) & (serial <= first + REACH) & (serial >= 0)
    touched: NDArray[np.bool_] = refused | kin | (near & (rows["series"] == start["series"][0]))
    return touched


def alike(start: NDArray[np.void], trail: NDArray[np.void]) -> bool:
    """Tell whether both ask for pictures in one way: which renditions, and with what Referer."""
    return bool(start["habit"][0] & ASKING == trail["habit"][-1] & ASKING)


def goes_on(start: NDArray[np.void], trail: NDArray[np.void]) -> int:
    """Count the leading pictures of a start whose numbers go on from the trail's end."""
    series = trail["series"][-1]
    walked = trail["serial"][(trail["series"] == series) & (trail["serial"] >= 0)]
    steps = np.diff(walked)
    steps = steps[steps != 0]
    way = int(np.sign(np.sign(steps).sum()))
    near = (np.sign(steps) == way) & (np.abs(steps) <= REACH)
    if not way or near.sum() < max(LEAST - 1, SAME_WAY * len(steps)):
        return 0
    ahead = (start["serial"] - (walked * way).max() * way) * way
    fits = (start["series"] == series) & (start["serial"] >= 0) & (ahead > 0)
    reached = np.maximum.accumulate(np.concatenate([[0], ahead]))[:-1]
    fits &= np.abs(ahead - reached) <= REACH
    led = len(fits) if fits.all() else int(np.argmin(fits))
    return len(np.unique(start["serial"][:led]))
