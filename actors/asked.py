"""Asked: a batch of whole ticks, with what every fold of it needs, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from access.claims import is_browser
from actors.kernels.shapes import Requests
from actors.marks import codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from access.batch import Batch


@dataclass(frozen=True, slots=True)
class Asked:
    """A batch of whole ticks, ready to be folded by whichever actors."""

    batch: Batch
    tick: NDArray[np.int64]  # (rows,)
    code: NDArray[np.int32]  # (rows,) see `actors.marks`
    order: NDArray[np.int64]  # (rows,) in which they are folded
    agent: NDArray[np.uint64]  # (rows,) see `agents_of`
    cold: NDArray[np.uint8]  # (rows,) see `actors.warmth`
    most: NDArray[np.uint16]  # (rows,) see `actors.galleries`

    @classmethod
    def of(
        cls,
        batch: Batch,
        tick: NDArray[np.int64],
        order: NDArray[np.int64],
        cold: NDArray[np.uint8],
        most: NDArray[np.uint16],
    ) -> Self:
        """Prepare a batch to be folded in an *order*; its arguments are all (rows,)."""
        return cls(batch, tick, codes(batch), order, agents_of(batch), cold, most)

    def by(self, key: NDArray[np.uint64], member: NDArray[np.uint64]) -> Requests:
        """Choose the columns that a fold reads: who asked (rows,), and which member of them."""
        batch = self.batch
        return Requests(
            order=self.order,
            tick=self.tick,
            at=batch.at,
            key=key,
            code=self.code,
            picture=batch.picture,
            owner=batch.owner,
            agent=self.agent,
            session=batch.session,
            claim=batch.claim,
            bearing=batch.bearing,
            handshake=batch.handshake,
            member=member,
            serial=batch.serial,
            series=batch.series,
            cold=self.cold,
            most=self.most,
        )


def agents_of(batch: Batch) -> NDArray[np.uint64]:
    """Tell the agents (rows,) of those who say they are browsers: only these can be people."""
    return np.where(is_browser(batch.claim), batch.agent, np.uint64(0))
