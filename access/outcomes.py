"""Say what came of every request: delivered, refused, missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.event import Method, Outcome

if TYPE_CHECKING:
    from numpy.typing import NDArray

STATUSES = {
    Outcome.DELIVERED: (200, 206, 304),
    Outcome.REFUSED: (401, 403, 429, 444, 451),  # 444: nginx closed without an answer
    Outcome.MISSING: (404, 410),
}
BY_STATUS = np.zeros(600, np.uint8)  # every other status is Outcome.OTHER
for _outcome, _statuses in STATUSES.items():
    BY_STATUS[list(_statuses)] = _outcome


def outcomes_of(method: NDArray[np.uint8], status: NDArray[np.int16]) -> NDArray[np.uint8]:
    """Return (rows,) Outcome; what was not asked for with GET took nothing and is OTHER."""
    outcome: NDArray[np.uint8] = BY_STATUS.take(status, mode="clip")
    outcome[method != Method.GET] = Outcome.OTHER
    return outcome
