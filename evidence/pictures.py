"""Pictures: the picture requests of one batch, and which of them a block would have refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.event import Outcome

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """One row for each picture that was asked for."""

    at: NDArray[np.int64]  # milliseconds since 1970 UTC
    address: NDArray[np.uint64]  # true client, 0 = nobody
    outcome: NDArray[np.uint8]  # Outcome
    held: NDArray[np.bool_]  # a block was in force

    @property
    def delivered(self) -> NDArray[np.bool_]:
        """Tell which the platform delivered."""
        return np.asarray(self.outcome == Outcome.DELIVERED)

    @property
    def refused(self) -> NDArray[np.bool_]:
        """Tell which the platform refused by itself."""
        return np.asarray(self.outcome == Outcome.REFUSED)
