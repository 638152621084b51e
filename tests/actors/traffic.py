"""Made-up requests, straight into columns, for everything that remembers actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.batch import COLUMNS, PAD, Batch
from access.event import FIELDS
from actors.asked import Asked
from actors.galleries import most_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from actors.kernels.shapes import Requests

START = 1_770_000_000_000  # milliseconds since 1970 UTC
DEFAULTS = {"status": 200, "method": 1, "size": 1000, "outcome": 1, "serial": -1}


def batch_of(columns: Mapping[str, ArrayLike]) -> Batch:
    """Make a batch of the columns given; the others say that nothing is known."""
    rows = len(np.atleast_1d(np.asarray(columns["at"])))
    full = {
        name: np.broadcast_to(
            np.asarray(columns.get(name, DEFAULTS.get(name, 0))).astype(dtype), rows
        ).copy()
        for name, dtype in COLUMNS.items()
    }
    return Batch(np.zeros(PAD, np.uint8), np.zeros((rows, 2 * FIELDS), np.int32), **full)


def cold_of(batch: Batch) -> NDArray[np.uint8]:
    """Let a third of a crowd's pictures be cold."""
    cold: NDArray[np.uint8] = (batch.picture % np.uint64(3) == 1).astype(np.uint8)
    return cold


def sized(owner: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Let a crowd's owners have few pictures, many, or nobody knows how many."""
    sizes: NDArray[np.int64] = np.array([0, 10, 12, 15, 9])[owner % np.uint64(5)]
    return sizes


def asked_of(batch: Batch, tick: NDArray[np.int64]) -> Requests:
    """Prepare a batch, in order of time, to be folded by its addresses."""
    told = cold_of(batch), most_of(batch, sized)
    nobody = np.zeros(len(batch), np.uint64)
    return Asked.of(batch, tick, np.arange(len(batch)), *told).by(batch.address, nobody)


def crowd(seed: int, rows: int, *, hours: float = 3.0, actors: int = 40) -> Batch:
    """Draw requests of a few actors who do everything, in order of time."""
    rng = np.random.default_rng(seed)

    def draw(values: list[int], shares: list[float]) -> NDArray[np.int64]:
        return rng.choice(values, rows, p=shares)

    kind = draw([1, 2, 3, 4, 5, 6], [0.05, 0.05, 0.1, 0.77, 0.02, 0.01])
    return batch_of(
        {
            "at": START + np.sort(rng.integers(0, int(hours * 3_600_000), rows)),
            "address": (np.uint64(0xFFFF) << np.uint64(32))
            | (np.uint64(0xC6120000) + rng.zipf(1.4, rows).astype(np.uint64) % np.uint64(actors)),
            "kind": kind,
            "outcome": draw([0, 1, 2, 3], [0.02, 0.9, 0.04, 0.04]),
            "rendition": rng.integers(0, 6, rows),
            "referrer": rng.integers(0, 4, rows),
            "picture": rng.integers(1, 300, rows) % np.where((kind == 3) | (kind == 6), 3, 300),
            "owner": rng.integers(0, 30, rows),
            "agent": rng.integers(0, 5, rows),
            "claim": rng.choice([0, 1, 3, 9, 10, 11, 12, 1 | 1 << 18], rows),
            "serial": rng.integers(-1, 60, rows),
            "series": rng.integers(1, 3, rows),
            "own": rng.random(rows) < 0.02,
            "session": np.where(rng.random(rows) < 0.5, rng.integers(1, 9, rows), 0),
            # nothing told, all as usual, all odd, engines 1 to 3, a good signature, a bad one
            "bearing": rng.choice([0, 0, 1 | 4 | 16, 2 | 8 | 32, 256, 512 | 2, 768, 64, 128], rows),
            "handshake": rng.integers(0, 3, rows),
        }
    )
