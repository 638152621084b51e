"""Survey: how much visitors do, gathered from frames while a log is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.event import Kind, Outcome
from actors.frame import Scope
from evidence.distribution import Distribution, Loud, described
from evidence.leftout import Why, among
from evidence.maxima import Maxima
from evidence.quantities import PICTURES_24H, QUANTITIES, SILENT, WINDOWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from access.batch import Batch
    from actors.frame import Frame
    from evidence.leftout import LeftOut
    from evidence.quantities import Quantity

# Whoever is a person: a network is many, and its rows say nothing of any of them.
PERSONS = (Scope.ADDRESS, Scope.SESSION, Scope.ACCOUNT)
OF = {over: [q for q in QUANTITIES if q.over == over] for over in WINDOWS}


class Survey:
    """Holds the busiest moment of each visitor in each window."""

    def __init__(self, left_out: LeftOut) -> None:
        """Learn from everybody but those *left_out*, who are known only at the end."""
        self._left_out = left_out
        self._tables = {
            (scope, over): Maxima(len(OF[over]), over) for scope in PERSONS for over in WINDOWS
        }

    def see(self, frames: Iterable[Frame], batch: Batch) -> None:
        """Take in frames, and the requests of the same ticks."""
        self._left_out.see(batch)
        for frame in frames:
            self._left_out.judge(frame)
            for over in WINDOWS if frame.scope in PERSONS else ():
                seen = np.stack([quantity.of(frame) for quantity in OF[over]], axis=1)
                table = self._tables[frame.scope, over]
                table.add(frame.actor, frame.at, seen.astype(np.float32))
        rows = np.flatnonzero((batch.kind == Kind.PICTURE) & (batch.outcome == Outcome.DELIVERED))
        self._count(batch.take(rows))

    def _count(self, given: Batch) -> None:
        """Count who was given pictures, be it too few for a frame."""
        for (scope, _), table in self._tables.items():
            key: NDArray[np.uint64] = getattr(given, scope.value)
            rows = np.flatnonzero(key)
            least = [at_least(quantity, given)[rows] for quantity in OF[table.over]]
            table.add(key[rows], given.at[rows] // 1000 + 1, np.stack(least, axis=1))

    def distributions(self) -> Iterator[Distribution]:
        """Describe each quantity of each kind of visitor, of those who are learned from."""
        for (scope, over), table in self._tables.items():
            key, values = table.rows()
            kept = self._left_out.why(scope, key) == Why.KEPT
            for number, quantity in enumerate(OF[over]):
                speaks = kept & ~np.isnan(values[:, number])
                column = values[speaks, number].astype(np.float64)
                yield described(quantity, scope, key[speaks], column, 1 << table.halvings)

    def visitors(self) -> dict[Why, int]:
        """Count addresses that were given a picture by why they are left out."""
        key = np.unique(self._tables[Scope.ADDRESS, PICTURES_24H.over].rows()[0])
        why = self._left_out.why(Scope.ADDRESS, key)
        return {each: int((why == each).sum()) for each in Why}

    def suspected(self) -> int:
        """Count the addresses kept about which something milder than a challenge was decided."""
        key = np.unique(self._tables[Scope.ADDRESS, PICTURES_24H.over].rows()[0])
        kept = key[self._left_out.why(Scope.ADDRESS, key) == Why.KEPT]
        return int(among(kept, self._left_out.milder[Scope.ADDRESS]).sum())

    def loudest(self, most: int) -> list[Loud]:
        """List the addresses kept with the most pictures in a day, as counts."""
        over = PICTURES_24H.over
        key, values = self._tables[Scope.ADDRESS, over].rows()
        rows = np.flatnonzero(self._left_out.why(Scope.ADDRESS, key) == Why.KEPT)
        taken = np.nan_to_num(values[rows, OF[over].index(PICTURES_24H)])
        rows = rows[np.lexsort((key[rows], -taken))]
        first = np.sort(np.unique(key[rows], return_index=True)[1])[:most]
        return [self._loud(int(key[row]), values[row]) for row in rows[first].tolist()]

    def _loud(self, key: int, day: NDArray[np.float32]) -> Loud:
        told = {q.name: float(value) for q, value in zip(OF[PICTURES_24H.over], day, strict=True)}
        return Loud(
            {n: v for n, v in told.items() if v > 0},
            suspected=key in self._left_out.milder[Scope.ADDRESS],
        )


def at_least(quantity: Quantity, given: Batch) -> NDArray[np.float32]:
    """Say what each delivery (rows,) alone shows of a quantity."""
    if not quantity.counts:
        return np.full(len(given), SILENT, np.float32)
    least: NDArray[np.float32] = (getattr(given, quantity.counts) != 0).astype(np.float32)
    return least
