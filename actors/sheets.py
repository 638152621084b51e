"""Sheets: lay out what a fold writes on, one line for each actor and tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actors.features import WINDOWS, Count, Latest
from actors.kernels import shapes
from actors.kernels.shapes import Sheet
from actors.marks import MARKS
from actors.memory import untouched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.features import Feature

LINES = 1 << 14  # of a sheet at least; it is emptied into a frame when full


def empty_sheet(features: Sequence[Feature], slots: int) -> Sheet:
    """Lay out a sheet with room for every slot; what is told by row waits for the first batch."""
    lines = max(LINES, slots)
    wanted = [_place(feature) for feature in features]
    return Sheet(
        marks=MARKS,
        wanted=np.array(wanted, np.int32).reshape(-1, 3),
        touched=np.zeros(slots, np.uint32),
        values=untouched((len(wanted), lines), np.float64),
        tick=np.zeros(lines, np.int64),
        actor=np.zeros(lines, np.uint64),
        row=np.zeros(lines, np.int64),
        rank=np.zeros(0, np.uint16),
        habits=np.zeros(0, np.uint8),
        newcomers=np.zeros(shapes.COUNTS, np.int64),
        trace=np.zeros((0, 1 + shapes.COUNTS), np.int64),
        state=np.zeros(5, np.int64),
        panes=np.zeros((3, shapes.WINDOWS), np.int64),
        delta=np.zeros(shapes.STATISTICS, np.uint32),
    )


def _place(feature: Feature) -> tuple[int, int, int]:
    """Say where the fold finds a feature: kind, window, statistic or fact."""
    if isinstance(feature, Latest):
        return shapes.FACT, 0, int(feature.of)
    if isinstance(feature, Count):
        return shapes.COUNTED, WINDOWS.index(feature.over), int(feature.of)
    msg = f"not a feature of an actor: {feature}"
    raise TypeError(msg)
