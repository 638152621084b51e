"""Quantities: what calibration measures of visitors, as the detectors see it.

Detectors see nobody before the fourth picture of a visit. Who takes fewer is a visitor all the
same, and most are like that: a quantity of the counted kind says at least one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from actors.features import DAY, HOUR, MINUTE, Count, Fact, Latest, Statistic

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from actors.frame import Frame

    Floats = NDArray[np.float64]

SILENT = np.nan  # of a row in which a quantity says nothing
FEW = 15  # pictures; fewer make no ratio of pictures to pages: where `orphans` begins to doubt
GAPS = 20  # the least that shows a rhythm, as for `cadence`
LED = 51  # numbered pictures per page that a site itself shows: human p99, as for `enumeration`
RUN = Latest(Fact.RUN)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One row of the table of what people do."""

    name: str
    over: int  # seconds; of each visitor the most in each such window counts
    of: Callable[[Frame], Floats]  # (rows,), SILENT where there is nothing to say
    counts: str = ""  # column of a batch of which a delivery shows at least one; "" for none


def counted(name: str, over: int) -> Callable[[Frame], Floats]:
    """Read a count, where the visitor was given any picture at all."""
    feature, pictures = Count(Statistic[name], over), Count(Statistic.PICTURES, over)
    return lambda frame: np.where(frame[pictures] > 0, frame[feature], SILENT)


def per_page(frame: Frame) -> Floats:
    """Divide an hour's pictures by its pages and API answers, where there are some of both."""
    pictures, opened = frame[Count(Statistic.PICTURES, HOUR)], opened_in(frame, HOUR)
    speaks = (pictures >= FEW) & (opened > 0)
    return np.where(speaks, pictures / np.maximum(opened, 1.0), SILENT)


def unled(frame: Frame) -> Floats:
    """Count an hour's pictures of whoever opened nothing and loaded no asset."""
    pictures = frame[Count(Statistic.PICTURES, HOUR)]
    lone = (opened_in(frame, HOUR) == 0) & (frame[Count(Statistic.ASSETS, HOUR)] == 0)
    return np.where(lone & (pictures > 0), pictures, SILENT)


def walked(frame: Frame) -> Floats:
    """Measure the walk through numbers, where pages do not lead through them."""
    numbered = frame[Count(Statistic.NUMBERED, HOUR)]
    return np.where(numbered > LED * opened_in(frame, HOUR), frame[RUN], SILENT)


def steps(frame: Frame) -> Floats:
    """Count a day's steps through numbers, each picture once."""
    names = ("PICTURES", "MISSING", "REFUSED")
    once = sum((frame[Count(Statistic[name], DAY)] for name in names), np.zeros(len(frame)))
    numbered = frame[Count(Statistic.NUMBERED, DAY)]
    least = np.minimum(frame[Count(Statistic.STEPS, DAY)], once)
    return np.where(numbered > 0, least, SILENT)


def evenness(frame: Frame) -> Floats:
    """Divide the mean gap between pictures by its deviation: 2 is a CV of 0.5."""
    gaps, total, squares = (
        frame[Count(Statistic[name], HOUR)] for name in ("GAPS", "GAP_SUM", "GAP_SQUARES")
    )
    mean = total / np.maximum(gaps, 1.0)
    variance = np.maximum(squares / np.maximum(gaps, 1.0) - mean**2, 0.0)
    speaks = (gaps >= GAPS) & (variance > 0)
    return np.where(speaks, mean / np.sqrt(np.where(speaks, variance, 1.0)), SILENT)


def opened_in(frame: Frame, over: int) -> Floats:
    """Count the pages and API answers of a window."""
    return frame[Count(Statistic.PAGES, over)] + frame[Count(Statistic.CALLS, over)]


PICTURES_10MIN = Quantity(
    "pictures in 10 min", 10 * MINUTE, counted("PICTURES", 10 * MINUTE), "picture"
)
PICTURES_1H = Quantity("pictures in an hour", HOUR, counted("PICTURES", HOUR), "picture")
PICTURES_24H = Quantity("pictures in a day", DAY, counted("PICTURES", DAY), "picture")
OWNERS_1H = Quantity("owners in an hour", HOUR, counted("OWNERS", HOUR), "owner")
OWNERS_24H = Quantity("owners in a day", DAY, counted("OWNERS", DAY), "owner")
PER_PAGE = Quantity("pictures a page, in an hour", HOUR, per_page)
UNLED = Quantity("pictures without page or asset, in an hour", HOUR, unled)
WALK = Quantity("walk through numbers that no page leads", DAY, walked)
STEPS = Quantity("steps through numbers, in a day", DAY, steps)
EVENNESS = Quantity("evenness of gaps (1 / CV), in an hour", HOUR, evenness)

QUANTITIES = (
    PICTURES_10MIN,
    PICTURES_1H,
    PICTURES_24H,
    OWNERS_1H,
    OWNERS_24H,
    PER_PAGE,
    UNLED,
    WALK,
    STEPS,
    EVENNESS,
)
WINDOWS = tuple(sorted({quantity.over for quantity in QUANTITIES}))
