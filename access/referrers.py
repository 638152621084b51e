"""Give every request the shape of its Referer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.event import Field
from access.kernels.referrers import shapes_of
from access.vocabulary import vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def referrers_of(
    buffer: NDArray[np.uint8], words: NDArray[np.uint64], spans: NDArray[np.int32]
) -> NDArray[np.uint8]:
    """Return (rows,) Referrer: NONE when absent or no `scheme://`, ROOT when only a host."""
    column = 2 * Field.REFERER
    shapes: NDArray[np.uint8] = shapes_of(
        buffer, words, spans[:, column : column + 2], vocabulary()
    )
    return shapes
