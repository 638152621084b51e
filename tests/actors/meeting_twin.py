"""How often networks meet, told plainly: every two pairs are looked at."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def met(rows: NDArray[np.void]) -> tuple[int, int]:
    """Count the twos of pairs of different networks: of one picture, and at all."""
    twos = [
        (a["picture"] == b["picture"])
        for a, b in combinations(rows, 2)
        if a["network"] != b["network"]
    ]
    return sum(map(int, twos)), len(twos)


def usual(rows: NDArray[np.void]) -> float:
    """Say how often two pairs of different networks are of one picture, as a share."""
    together, chances = met(rows)
    return together / max(chances, 1)
