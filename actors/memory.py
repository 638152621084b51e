"""Memory: reserve, keep and take up again what is remembered of one scope's actors."""

from __future__ import annotations

from mmap import MADV_HUGEPAGE, MAP_ANONYMOUS, MAP_PRIVATE, mmap
from typing import TYPE_CHECKING, Any

import numpy as np

from actors.kernels import shapes
from actors.kernels.shapes import Memory
from actors.oblivion import rebuild_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import DTypeLike, NDArray

HUGE = 32 << 20  # bytes; tables beyond are found quicker in huge pages, and waste few of them
DEPTHS = 8  # sights, of each gallery that is looked at: a gallery has ten pictures at least
PER_SLOT = ("slots", "counts", "totals", "pending", "panes", "serials", "series")


def power(least: float) -> int:
    """Round up to a power of two."""
    return 1 << max(4, int(np.ceil(np.log2(least))))


def untouched(shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Reserve zeros of which no page is taken from the machine before it is used.

    NumPy's own are wiped, and so taken whole, where the process has given back as much before.
    """
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    try:
        pages = mmap(-1, max(size, 1), flags=MAP_PRIVATE | MAP_ANONYMOUS)
    except OSError as error:
        msg = f"no room for {size:,} bytes ({error.strerror})"
        raise MemoryError(msg) from None
    if size >= HUGE:
        pages.madvise(MADV_HUGEPAGE)
    return np.ndarray(shape, dtype, pages)


def empty_memory(*, actors: int, slots: int, sights: int, seed: int) -> Memory:
    """Reserve memory for so many actors, slots and (actor, thing) sights.

    Pages of it are used only once touched: bytes at most are 32 x actors + 4 to 8 x actors (table)
    + 4.7 KiB x slots + 9 x sights (rounded up to a power of two).
    """
    memory = Memory(
        table=untouched((power(actors * 1.25),), np.uint32),
        rows=untouched((actors,), shapes.ROW),
        slots=untouched((slots,), shapes.SLOT),
        counts=untouched((slots, shapes.WINDOWS, shapes.PANES, shapes.STATISTICS), np.uint32),
        totals=untouched((slots, shapes.WINDOWS, shapes.STATISTICS), np.uint64),
        pending=untouched((slots, shapes.STATISTICS), np.uint32),
        panes=untouched((slots, shapes.WINDOWS), np.int64),
        serials=untouched((slots, shapes.RECENT), np.int64),
        series=untouched((slots, shapes.RECENT), np.uint64),
        free=np.arange(slots - 1, -1, -1, dtype=np.uint32),
        sights=untouched((power(sights),), np.uint64),
        depths=untouched((power(sights) // DEPTHS,), np.uint64),
        tally=np.zeros(4, np.int64),
        seed=np.uint64(seed),
    )
    memory.tally[shapes.SLOTS_FREE] = slots
    return memory


def kept(memory: Memory) -> dict[str, NDArray[np.generic]]:
    """Copy out what has to survive a restart: only what is used."""
    held = np.flatnonzero(memory.slots["row"])
    seen, deep = np.flatnonzero(memory.sights), np.flatnonzero(memory.depths)
    return {
        "rows": memory.rows[: memory.tally[shapes.ROWS_USED]].copy(),
        "held": held,
        **{name: getattr(memory, name)[held] for name in PER_SLOT},
        "free": memory.free[: memory.tally[shapes.SLOTS_FREE]].copy(),
        "seen": seen,
        "sights": memory.sights[seen],
        "deep": deep,
        "depths": memory.depths[deep],
        "tally": memory.tally.copy(),
    }


def take_up(memory: Memory, state: Mapping[str, NDArray[np.generic]]) -> None:
    """Put what `kept` copied out into new memory of the same size."""
    memory.rows[: len(state["rows"])] = state["rows"]
    for name in PER_SLOT:
        getattr(memory, name)[state["held"]] = state[name]
    memory.free[: len(state["free"])] = state["free"]
    memory.sights[state["seen"]] = state["sights"]
    memory.depths[state["deep"]] = state["depths"]
    memory.tally[:] = state["tally"]
    rebuild_table(memory)
