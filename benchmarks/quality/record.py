"""Record: how one class of visitors fared on all platforms together."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.cast.score import Standing


@dataclass(slots=True)
class Record:
    """Medians are over platforms; of classes with many visitors, over their medians."""

    name: str
    guilty: bool
    standings: list[Standing] = field(default_factory=list)

    def sum(self, count: str) -> int:
        """Add up a count of Standing."""
        return sum(getattr(standing, count) for standing in self.standings)

    def median(self, measure: str) -> float | None:
        """Take the median of a measure of Standing, where there is one."""
        seen = [getattr(standing, measure) for standing in self.standings]
        known = [value for value in seen if value is not None]
        return median(known) if known else None

    @property
    def harvest(self) -> int:
        """Count all pictures that they would have had."""
        return self.sum("lost") + self.sum("saved")

    @property
    def share(self) -> float:
        """Tell the share of those that they had."""
        return self.sum("lost") / max(self.harvest, 1)

    @property
    def slipped(self) -> float:
        """Tell the share that they had while they were not challenged either."""
        return self.sum("slipped") / max(self.harvest, 1)

    @property
    def reached(self) -> float:
        """Tell the share of its addresses that counted as found themselves."""
        return self.sum("reached") / max(self.sum("addresses"), 1)

    @property
    def early(self) -> float:
        """Tell the share of a harvest that was gone when it was found: the median platform."""
        gone = [s.unseen * s.visitors / max(s.lost + s.saved, 1) for s in self.standings]
        return median(gone)

    def as_json(self) -> dict[str, object]:
        """Say everything, for programs."""
        rungs = ("found", "challenged", "blocked", "throttled", "degraded")
        counts = ("visitors", *rungs, "owners", "addresses", "reached")
        medians = ("waited", "seconds", "unseen", "unchallenged", "unblocked")
        return {
            "guilty": self.guilty,
            **{count: self.sum(count) for count in counts},
            **{f"median_{measure}": self.median(measure) for measure in medians},
            "median_share_unseen": self.early,
            "harvest": self.harvest,
            "lost": self.sum("lost"),
            "slipped": self.sum("slipped"),
        }


def records(platforms: Iterable[Iterable[Standing]]) -> list[Record]:
    """Put the standings of each class together, guilty classes first."""
    found: dict[str, Record] = {}
    for standing in (standing for platform in platforms for standing in platform):
        record = found.setdefault(standing.name, Record(standing.name, standing.guilty))
        record.standings.append(standing)
    return sorted(found.values(), key=lambda record: not record.guilty)


def totals(told: Iterable[Record]) -> tuple[Record, Record]:
    """Put all guilty classes together, and all others."""
    guilty, others = Record("all harvesters", guilty=True), Record("all others", guilty=False)
    for record in told:
        (guilty if record.guilty else others).standings.extend(record.standings)
    return guilty, others
