"""Gaps: what was not judged, and what the log does not say; declared, so that nobody finds it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from access.event import Kind, Outcome, Referrer
from access.problems import PROBLEMS, WHOLE
from evidence.words import counted, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from access.batch import Batch
    from access.lines import Reject
    from enforcement.decision import Signal

PROBLEMS_TOLD = 8  # what is wrong with most of the lines that could not be read


@dataclass(slots=True)
class Gaps:
    """Counts of what is missing; all but `rejects`, `spoke` and `sized` are requests."""

    rejects: Counter[int] = field(default_factory=Counter)  # lines by `access.problems` code
    spoke: Counter[str] = field(default_factory=Counter)  # signals by detector
    late: int = 0
    forgotten: int = 0  # actors that were forgotten for want of room
    requests: int = 0
    nobody: int = 0  # without a true client address
    led: int = 0  # pages, API answers and assets
    pictures: int = 0  # delivered
    owned: int = 0  # … whose owner is known
    sized: int = 0  # owners of whom it is known how many pictures they have
    numbered: int = 0  # … whose address holds a number
    referred: int = 0  # … with a Referer
    named: int = 0  # with a user agent
    distant: int = 0  # days from the log to the lists of crawlers' ranges, where that is too many

    def see(self, batch: Batch, rejects: Iterable[Reject], signals: Iterable[Signal]) -> None:
        """Count what is missing in the requests of a batch."""
        self.rejects.update(reject.problem for reject in rejects)
        self.spoke.update(signal.detector for signal in signals)
        kinds = np.bincount(batch.kind, minlength=len(Kind))
        taken = (batch.kind == Kind.PICTURE) & (batch.outcome == Outcome.DELIVERED)
        self.requests += len(batch)
        self.nobody += int(np.count_nonzero(batch.address == 0))
        self.led += int(kinds[[Kind.PAGE, Kind.API, Kind.ASSET]].sum())
        self.pictures += int(np.count_nonzero(taken))
        self.owned += int(np.count_nonzero(taken & (batch.owner != 0)))
        self.numbered += int(np.count_nonzero(taken & (batch.serial >= 0)))
        self.referred += int(np.count_nonzero(taken & (batch.referrer != Referrer.NONE)))
        self.named += int(np.count_nonzero(batch.agent))

    def unjudged(self) -> Iterator[str]:
        """Say what was left out of judgement."""
        yield counted(sum(self.rejects.values()), "line") + " could not be read."
        for problem, lines in self.rejects.most_common(PROBLEMS_TOLD):
            yield f"{counted(lines, 'line')} not read: {(PROBLEMS | WHOLE)[problem]}."
        share = percent(self.late, self.requests)
        yield (
            f"{counted(self.late, 'request')} ({share}) came too late to be judged in their own "
            "tick; they were counted in what was judged next, if less than an hour late."
        )
        share = percent(self.nobody, self.requests)
        yield (
            f"{counted(self.nobody, 'request')} ({share}) had no true client address: "
            "own machines, private ranges, or a proxy that names nobody."
        )
        yield f"For want of room Hedgerow forgot {counted(self.forgotten, 'visitor')}."
        share = percent(self.owned, self.pictures)
        if self.distant:
            yield (
                f"The ranges of known crawlers were read {counted(self.distant, 'day')} before or "
                "after: nobody outside of them was taken for forged."
            )
        yield f"Of {counted(self.pictures, 'delivered picture')} the owner is known for {share}."

    def silent(self, detectors: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Name the detectors that never spoke, and what the log lacks if that is why."""
        lacks = {
            "breadth": (self.owned, "the log does not say whose pictures they are"),
            "cold": (self.owned, "the log does not say whose pictures they are"),
            "depth": (self.sized, "site.toml does not say how many pictures owners have"),
            "referrers": (self.referred, "the log holds no Referer"),
            "orphans": (self.led, "the log holds no pages, API answers or assets"),
            "enumeration": (self.numbered, "the addresses of pictures hold no numbers"),
            "disguise": (self.named, "the log holds no user agents"),
        }
        for name in detectors:
            seen, lack = lacks.get(name, (1, ""))
            if not self.spoke[name]:
                yield name, "it saw nothing of its kind" if seen else lack
