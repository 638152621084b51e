"""Steps: the pictures that somebody asks for one after the other, as far as they show an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.event import Kind, Outcome
from actors.pairs import Habits, habits_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actors.pairs import Folded

STEP = np.dtype(  # pseudonyms have 32 bits
    [
        ("serial", "i8"),  # the number in the picture's address, -1 without one
        ("at", "i8"),  # end of the tick, seconds since 1970 UTC
        ("series", "u4"),  # its address without that number
        ("picture", "u4"),
        ("owner", "u4"),  # 0 = unknown
        ("habit", "u1"),  # Habits of whoever asks
        ("refused", "u1"),
        ("padding", "u2"),
    ]
)
LEADING = np.uint8(Habits.PAGED | Habits.CALLED | Habits.DREW)
ASKING = np.uint8(Habits.WHOLE | Habits.UNREFERRED | Habits.ROOTED)  # how it asks


def asked_rows(folded: Folded, resident: NDArray[np.uint64]) -> NDArray[np.int64]:
    """List, as folded, the rows in which somebody remembered here asks for a picture not its own.

    *resident* (rows,) are the keys of addresses, 0 where another shard remembers it.
    """
    batch = folded.batch
    asked = (batch.kind == Kind.PICTURE) & (batch.picture != 0) & ~batch.own & (resident != 0)
    rows: NDArray[np.int64] = folded.order[asked[folded.order]]
    return rows


def steps_of(folded: Folded, row: NDArray[np.int64]) -> NDArray[np.void]:
    """Describe the requests in some rows of a batch: (rows,) STEP."""
    batch = folded.batch
    steps = np.zeros(len(row), STEP)
    steps["serial"], steps["at"] = batch.serial[row], folded.at[row]
    steps["series"] = batch.series[row].astype(np.uint32)
    steps["picture"] = batch.picture[row].astype(np.uint32)
    steps["owner"] = batch.owner[row].astype(np.uint32)
    steps["habit"] = habits_of(folded, row)
    steps["refused"] = batch.outcome[row] == Outcome.REFUSED
    return steps
