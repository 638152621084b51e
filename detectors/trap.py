"""Trap: asked for what no page shows and robots.txt forbids: canary pictures, hidden links.

Catches: crawlers that follow every link, and whoever works off addresses of an API or a list.
Misses: harvesters that see what people see; sites that name no traps in site.toml.
Innocent: a browser that loads links ahead, a link scanner in a mail filter, a curious developer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actors.features import DAY, Count, Statistic
from detectors.base import Family

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Scores

TRAPS = Count(Statistic.TRAPS, DAY)


@dataclass(frozen=True, slots=True)
class Trap:
    """Counts the different traps touched in a day."""

    name: ClassVar[str] = "trap"
    family: ClassVar[Family] = Family.TRAP
    version: ClassVar[int] = 2
    reads: ClassVar[tuple[Feature, ...]] = (TRAPS,)

    # Nats; chosen: at most one visitor in a thousand loads links ahead or scans them, ln(0.9 /
    # 0.001). Alone it slows down, and a block needs a second family: a canary proves no harvest.
    weight: float = 6.8
    certain: float = 2  # different traps in a day, each touched by mistake one time in a thousand
    # Share that one trap is worth, 1 nat: with certain volume (8.4) and breadth (2.0) still below a
    # block, for a power user's browser loads links ahead as well.
    once: float = 0.15

    def score(self, actors: Frame) -> Scores:
        """Give little for one trap however often it is touched, all for two."""
        traps = actors[TRAPS]
        return np.where(traps >= self.certain, 1.0, self.once * (traps >= 1))
