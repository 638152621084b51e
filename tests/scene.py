"""Scenes: frames made by hand, for whoever judges frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from actors.features import DAY, HOUR, MINUTE, Count, Fact, Habit, Latest, Newcomers, Statistic
from actors.frame import Frame, Scope
from detectors.roster import ROSTER
from enforcement.docket import NEEDS
from enforcement.pardons import CLAIM, QUOTA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from actors.features import Feature
    from detectors.base import Detector
    from enforcement.pardons import Pardons

    Column: TypeAlias = float | Sequence[float] | NDArray[np.float64]
    Values = Mapping[Feature, Column]

FEATURES = tuple(dict.fromkeys((*(f for d in ROSTER for f in d.reads), *NEEDS)))
LONE = tuple(map(Newcomers, Habit))


def frame(
    values: Values,
    *,
    scope: Scope = Scope.ADDRESS,
    at: int | Sequence[int] = 0,
    actor: int | Sequence[int] = 0xFFFF_CB00_7107,
) -> Frame:
    """Make a frame; what is not given is 0, but every newcomer of the site has every habit.

    Numbers are repeated down to the longest column. The actor is 203.0.113.7 unless given.
    """
    rows = max(np.size(column) for column in (*values.values(), at, actor))
    columns = {f: float(isinstance(f, Newcomers)) for f in FEATURES} | dict(values)
    return Frame(
        scope=scope,
        at=np.broadcast_to(np.asarray(at, np.int64), rows).copy(),
        actor=np.broadcast_to(np.asarray(actor, np.uint64), rows).copy(),
        row=np.arange(rows, dtype=np.int64),
        columns={
            feature: np.broadcast_to(np.asarray(column, np.float64), rows).copy()
            for feature, column in columns.items()
        },
    )


def score(
    detector: Detector, values: Values, *, scope: Scope = Scope.ADDRESS, at: int = 0
) -> float:
    """Score a scene of one row."""
    return float(detector.score(frame(values, scope=scope, at=at))[0])


def covers(
    pardons: Pardons, scope: Scope, key: int, claim: int, at: int, *, pictures: int = 0
) -> str | None:
    """Say why one actor is spared at a time (seconds); *pictures* are those of its last day."""
    one = frame({CLAIM: claim, QUOTA: pictures}, scope=scope, at=at, actor=key)
    reasons = [None, *(pardon.reason for pardon in pardons.pardons)]
    return reasons[int(pardons.which(one, np.arange(1))[0])]


def count(name: str, over: int) -> Count:
    """Name a count: `count("PICTURES", HOUR)`."""
    return Count(Statistic[name], over)


def counts(over: int = HOUR, **values: Column) -> dict[Feature, Column]:
    """Give counts of one window: `counts(PICTURES=30, PAGES=2)`."""
    return {Count(Statistic[name], over): value for name, value in values.items()}


def rhythm(over: int, gaps: NDArray[np.float64]) -> dict[Feature, Column]:
    """Give the gap statistics of a window; *gaps* in seconds."""
    quarters = np.floor(gaps * 4)
    sums = {"GAPS": len(gaps), "GAP_SUM": quarters.sum(), "GAP_SQUARES": (quarters**2).sum()}
    return counts(over, **sums)


CHROME_100 = 1 | 100 << 8  # a claim of `access.claims`

PERSON: dict[Feature, Column] = {
    **counts(10 * MINUTE, PICTURES=14, NUMBERED=14, STEPS=3, GAPS=13, GAP_SUM=400),
    **counts(10 * MINUTE, GAP_SQUARES=60_000),
    **counts(HOUR, PICTURES=40, ASKED=44, TAKEN=42, PAGES=9, ASSETS=12, OWNERS=9, ORIGINALS=6),
    **counts(HOUR, NUMBERED=44, STEPS=9, GAPS=43, GAP_SUM=2_000, GAP_SQUARES=400_000),
    **counts(DAY, PICTURES=78, OWNERS=14, NUMBERED=80, STEPS=15, AGENTS=1, MEMBERS=1),
    **counts(30 * DAY, PICTURES=800, OWNERS=120),
    Latest(Fact.RUN): 3,
    Latest(Fact.CLAIM): CHROME_100,
}
