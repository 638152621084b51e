"""Name what was asked for when nobody described the platform: read it off the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from access.event import Field
from access.kernels.notes import MOST_KEPT, NOTES
from access.kernels.paths import name_rows
from access.vocabulary import vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Names: TypeAlias = tuple[
        NDArray[np.uint8],  # kind
        NDArray[np.uint8],  # rendition
        NDArray[np.uint64],  # picture
        NDArray[np.uint64],  # owner
        NDArray[np.uint64],  # album
        NDArray[np.int64],  # serial
        NDArray[np.uint64],  # series
    ]


BOUNDS = (320, 1200)  # pixels: longest side of a thumbnail, and of a medium rendition


def name_by_default(
    buffer: NDArray[np.uint8],
    words: NDArray[np.uint64],
    spans: NDArray[np.int32],
    seed: int,
    out: Names,
) -> None:
    """Write the columns of each undecided row (kind 255), in place.

    All renditions, formats, tokens and signatures of a picture share one `picture`: a chain of the
    hashes of those pieces of its path that do not say how it was made. `serial` is the last number
    in them, except dates and map tiles. The stills of a film are pictures of their own: where the
    rendition is FRAME, a number in a query parameter called n, frame, f, t, i or index, or else in
    the file name, is one more piece; the film's number stays the serial.
    """
    targets = spans[:, 2 * Field.TARGET : 2 * Field.TARGET + 2]
    types = spans[:, 2 * Field.TYPE : 2 * Field.TYPE + 2]
    room = np.zeros(NOTES, np.int64), np.zeros(2 * MOST_KEPT, np.int64)
    name_rows(buffer, words, targets, types, np.uint64(seed), vocabulary(), BOUNDS, *room, out)
