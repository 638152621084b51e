"""Forget actors when memory is full: the idle and quiet first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actors.features import DAY, WINDOWS, Statistic
from actors.kernels import shapes
from actors.kernels.oblivion import refill

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actors.kernels.shapes import Memory

SHARE = 8  # an eighth is forgotten at a time, so that forgetting is rare
LOUD = 10  # pictures a day from which an actor is kept before those that were quieter


def rebuild_table(memory: Memory) -> None:
    """Enter all rows in the table anew."""
    memory.table[:] = 0
    refill(memory.table, memory.rows, memory.tally[shapes.ROWS_USED], memory.seed)


def _free(memory: Memory, places: NDArray[np.intp]) -> None:
    """Give slots back."""
    left = memory.tally[shapes.SLOTS_FREE]
    memory.free[left : left + len(places)] = places
    memory.tally[shapes.SLOTS_FREE] += len(places)
    memory.slots["row"][places] = 0
    memory.slots["touched"][places] = -1


def forget_slots(memory: Memory) -> None:
    """Take the slots of an eighth of the actors; those who took few pictures today go first."""
    slots = memory.slots
    asked = memory.totals[:, WINDOWS.index(DAY), Statistic.ASKED]
    order = np.lexsort((slots["last"], asked >= LOUD, slots["touched"] >= 0))
    places = order[: max(1, len(slots) // SHARE)]
    memory.rows["slot"][slots["row"][places].astype(np.intp) - 1] = 0
    memory.tally[shapes.FORGOTTEN_SLOTS] += len(places)
    _free(memory, places)


def forget_rows(memory: Memory) -> None:
    """Drop an eighth of all actors: first those without a slot, longest silent first."""
    used = int(memory.tally[shapes.ROWS_USED])
    rows = memory.rows[:used]
    rank = rows["last"].astype(np.int64) + (rows["slot"] > 0) * (np.int64(1) << 40)
    drop = max(1, used // SHARE)
    stay = np.ones(used, np.bool_)
    stay[np.argpartition(rank, drop - 1)[:drop]] = False
    slots = rows["slot"][~stay]
    _free(memory, slots[slots > 0].astype(np.intp) - 1)
    kept = rows[stay]
    memory.rows[: len(kept)] = kept
    memory.rows[len(kept) : used] = np.zeros(1, shapes.ROW)
    held = np.flatnonzero(kept["slot"])
    memory.slots["row"][kept["slot"][held].astype(np.intp) - 1] = held + 1
    memory.tally[shapes.ROWS_USED] = len(kept)
    memory.tally[shapes.FORGOTTEN_ROWS] += drop
    rebuild_table(memory)
