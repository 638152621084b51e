"""Timeline: pictures over time, and over time and address space, for a log of any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.addresses import network_of
from evidence.hold import spread_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evidence.pictures import Pictures

BINS = 512  # of time; when the last is full, two become one
ROWS = 8  # bits: 256 rows of address space
DELIVERED, SAVED, REFUSED = range(3)  # rows of `series`
ALL, STOPPED = range(2)  # planes of `space`


class Timeline:
    """Counts in bins of a power of two seconds.

    A row of address space is a set of networks (v4 /24, v6 /48) drawn by hash: people spread evenly
    over all rows, while a single visitor, or a fleet in one network, stays one line.
    """

    def __init__(self) -> None:
        """Begin with nothing; time begins with the first picture that is seen."""
        self.begins: int | None = None  # seconds since 1970 UTC
        self.width = 1  # seconds of a bin
        self.series = np.zeros((3, BINS), np.int64)
        self.space = np.zeros((2, 1 << ROWS, BINS), np.int64)

    def see(self, pictures: Pictures) -> None:
        """Count the picture requests of a batch; those before the first are counted with it."""
        if not len(pictures.at):
            return
        if self.begins is None:
            self.begins = int(pictures.at[0]) // 1000
        while int(pictures.at.max()) // 1000 - self.begins >= BINS * self.width:
            self._double()
        bins = np.maximum(pictures.at // 1000 - self.begins, 0) // self.width
        delivered, refused = pictures.delivered, pictures.refused
        for number, chosen in enumerate((delivered, delivered & pictures.held, refused)):
            self.series[number] += np.bincount(bins[chosen], minlength=BINS)
        row = (spread_of(network_of(pictures.address)) >> np.uint64(64 - ROWS)).astype(np.int64)
        place, stopped = row * BINS + bins, pictures.held | refused
        size, shape = BINS << ROWS, (1 << ROWS, BINS)
        self.space[ALL] += np.bincount(place, minlength=size).reshape(shape)
        self.space[STOPPED] += np.bincount(place[stopped], minlength=size).reshape(shape)

    @property
    def used(self) -> int:
        """Count the bins up to the last in which anything was asked for."""
        busy = np.flatnonzero(self.space[ALL].any(axis=0))
        return int(busy[-1]) + 1 if len(busy) else 0

    def _double(self) -> None:
        self.width *= 2
        self.series, self.space = halved(self.series), halved(self.space)


def halved(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Put each two neighbours of the last axis together; the second half becomes empty."""
    sums = counts.reshape(*counts.shape[:-1], -1, 2).sum(axis=-1)
    return np.concatenate([sums, np.zeros_like(sums)], axis=-1)
