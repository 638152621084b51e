"""Lateness: how much later than newer ones lines may come, and how late they did come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Seconds, as people would write them; lags are counted between them, and beyond the last.
STEPS = np.array(
    [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 21_600, 86_400], np.int64
)
BEARABLE = 0.001  # share of the lines that may be late and do no harm


@dataclass(frozen=True, slots=True)
class Lateness:
    """How much older than the newest line a line may be and still be judged in its own tick."""

    whole_seconds: int = 2_000  # milliseconds, for inputs whose first line carries whole seconds
    milliseconds: int = 250  # milliseconds, for inputs that carry milliseconds
    leap: int = 60_000  # milliseconds ahead at which a line is believed only as one of three
    stale: int = 3_600_000  # milliseconds behind, or what is allowed above, and it is not judged
    silent: int = 60_000  # milliseconds the others move on before a silent log stalls them no more

    def of(self, first: int) -> int:
        """Choose by the time of an input's first line, in milliseconds."""
        return self.whole_seconds if first % 1000 == 0 else self.milliseconds


def no_lags() -> NDArray[np.int64]:
    """Begin counting."""
    return np.zeros(len(STEPS) + 1, np.int64)


def counted(lags: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count lags, in milliseconds, by the first of STEPS that covers them; the last: none does."""
    return np.bincount(np.searchsorted(STEPS * 1000, lags), minlength=len(STEPS) + 1)


def enough(late: NDArray[np.int64], lines: int) -> int | None:
    """Tell the lateness, one of STEPS in seconds, with which 99.9 % of *lines* come in time.

    *late* are the late ones among them, as `counted`; None where even the largest is too small.
    """
    beyond = late.sum() - np.cumsum(late)[:-1]
    fits = np.flatnonzero(beyond <= BEARABLE * lines)
    return int(STEPS[fits[0]]) if len(fits) else None
