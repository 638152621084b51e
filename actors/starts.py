"""Starts: the first pictures of newcomers to whom no page showed any.

Whoever goes on with a work list asks for its next pictures at once. People come by a page, an app
by an answer of the API; neither is a start, so nobody who reads is ever compared with anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actors.kernels.starts import FIRST, Places, note_starts
from actors.memory import power, untouched
from actors.steps import LEADING, STEP, steps_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from actors.pairs import Folded

SHARE = 8  # places, of eight addresses that take pictures: most have come further, or are gone

START = np.dtype([("key", "u8"), ("steps", STEP, (FIRST,))])


class Starts:
    """Remembers for an hour how newcomers begin, in a table of fixed size."""

    def __init__(self, slots: int, seed: int) -> None:
        """Remember one start (330 bytes) for *SHARE* of so many slots of addresses."""
        size = power(max(slots // SHARE, FIRST))
        self._places = Places(
            key=np.zeros(size, np.uint64),
            seen=np.zeros(size, np.int64),
            taken=np.zeros(size, np.uint8),
            steps=untouched((size, FIRST), STEP),
        )
        self._seed = np.uint64(seed)

    def note(
        self, folded: Folded, resident: NDArray[np.uint64], asked: NDArray[np.int64]
    ) -> NDArray[np.void]:
        """Find the starts that a batch completes: (starts,) START, as folded.

        *resident* (rows of the batch,) and *asked* (rows,) as in `asked_rows`.
        """
        order = asked[folded.rank[asked] <= FIRST]
        last = int((folded.rank[order] == FIRST).sum())
        starts = np.zeros(last, START)
        who, done = np.zeros(last, np.uint64), np.zeros((last, FIRST), STEP)
        told = order, folded.rank, resident, folded.at, steps_of(folded, order)
        found = note_starts(*told, self._places, self._seed, who, done)
        starts["key"], starts["steps"] = who, done
        bare: NDArray[np.bool_] = starts["steps"]["habit"][:found, -1] & LEADING == 0
        return starts[:found][bare]

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart: only what is used."""
        used = np.flatnonzero(self._places.key)
        return {"used": used, **{n: part[used] for n, part in self._places._asdict().items()}}

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out; the size must be the same."""
        for name, part in self._places._asdict().items():
            part[:] = np.zeros((), part.dtype)
            part[state["used"]] = state[name]
