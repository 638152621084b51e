"""Distribution: how much of something people do, in quantiles over visitors' windows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from actors.frame import Scope
    from evidence.quantities import Quantity

    Floats = NDArray[np.float64]

SHARES = (0.5, 0.95, 0.99, 0.999)
# Ten windows above a p99.9 tell it to a third (1 / sqrt(10)); fewer are one visitor's mood.
ENOUGH = 10_000  # windows
# What fewer visitors do is nobody's habit: no quantile is higher than the tenth loudest visitor, so
# that a harvester who was not found cannot make itself the measure, however long it stays.
PEERS = 10


@dataclass(frozen=True, slots=True)
class Loud:
    """One visitor who was learned from, without a name."""

    counts: Mapping[str, float]  # quantity → the most of its busiest day
    suspected: bool  # something milder than a challenge was done about it


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """One row of the table."""

    quantity: Quantity
    scope: Scope
    windows: int
    visitors: int
    quantiles: tuple[float, ...]  # at SHARES
    most: float
    of: int  # one of so many visitors was counted
    busiest: Floats = field(repr=False)  # (visitors,) the most of each, ascending
    values: Floats = field(repr=False)  # (windows,) ascending

    @property
    def enough(self) -> bool:
        """Tell whether a p99.9 can be told."""
        return self.windows >= ENOUGH and self.visitors >= PEERS

    def at(self, share: float) -> float:
        """Tell a quantile of SHARES."""
        return self.quantiles[SHARES.index(share)]

    def above(self, threshold: float) -> int:
        """Count the windows above a threshold."""
        return self.windows - int(np.searchsorted(self.values, threshold, side="right"))

    def visitors_above(self, threshold: float) -> int:
        """Count the visitors who were above a threshold at least once."""
        return self.visitors - int(np.searchsorted(self.busiest, threshold, side="right"))


def described(
    quantity: Quantity, scope: Scope, key: NDArray[np.uint64], values: Floats, of: int
) -> Distribution:
    """Describe what visitors did (rows,) in windows, of which *key* (rows,) says whose each is."""
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.append(np.ones(min(len(key), 1), bool), np.diff(key[order]) != 0))
    busiest = np.sort(np.maximum.reduceat(values[order], starts)) if len(key) else values
    ordered = np.sort(values)
    return Distribution(
        quantity=quantity,
        scope=scope,
        windows=len(values),
        visitors=len(busiest),
        quantiles=tuple(quantile(ordered, busiest, share) for share in SHARES),
        most=float(ordered[-1]) if len(ordered) else 0.0,
        of=of,
        busiest=busiest,
        values=ordered,
    )


def quantile(values: Floats, busiest: Floats, share: float) -> float:
    """Find the value (of some, ascending) that a share of windows does not exceed; see PEERS."""
    if not len(values):
        return 0.0
    place = min(int(np.ceil(share * len(values))), len(values)) - 1
    common = busiest[-PEERS] if len(busiest) >= PEERS else busiest[-1]
    return float(min(values[max(place, 0)], common))
