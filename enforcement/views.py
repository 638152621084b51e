"""Views: detectors that count the same pictures; of those only the loudest adds to a sum.

Volume counts pictures, cold counts some of them and depth galleries of them, so all together know
little more than one: a map viewer who looks guilty by one does by the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enforcement.policy import Floats

VIEWS = ("volume", "cold", "depth")


def once(brought: Floats, names: Sequence[str]) -> Floats:
    """Leave in *brought* (rows, detectors) nats one view of each row: the loudest, or the first."""
    views = [place for place, name in enumerate(names) if name in VIEWS]
    if len(views) < 2:
        return brought
    left = brought.copy()
    left[:, views] = 0.0
    rows, loudest = np.arange(len(brought)), np.array(views)[brought[:, views].argmax(axis=1)]
    left[rows, loudest] = brought[rows, loudest]
    return left
