"""Frame: some actors at some moments, by column."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from actors.features import Feature


@unique
class Scope(StrEnum):
    """What kind of actor a key stands for."""

    ADDRESS = "address"  # v4 /32, v6 /64
    NETWORK = "network"  # v4 /24, v6 /48
    SESSION = "session"
    ACCOUNT = "account"
    COHORT = (
        "cohort"  # visitors who come by pictures alike; judged over the whole site, in no frame
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """One row for each actor and each tick of event time in which it asked for something.

    Rows are ordered by tick, so one frame holds many ticks and a detector is called once for all.
    """

    scope: Scope
    at: NDArray[np.int64]  # (rows,) end of the tick that is judged, seconds since 1970 UTC
    actor: NDArray[np.uint64]  # (rows,) key of the actor
    row: NDArray[np.int64]  # (rows,) its last request in that tick, a row of the batch
    columns: Mapping[Feature, NDArray[np.float64]]  # each (rows,)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.at)

    def take(self, rows: NDArray[np.intp]) -> Frame:
        """Pick rows by number; in order, they stay ordered by tick."""
        columns = {feature: column[rows] for feature, column in self.columns.items()}
        return Frame(self.scope, self.at[rows], self.actor[rows], self.row[rows], columns)

    def __getitem__(self, feature: Feature) -> NDArray[np.float64]:
        """Read a feature: (rows,) float64."""
        return self.columns[feature]
