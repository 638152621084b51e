"""GuardMeters: count for Prometheus what a guard reads, decides and keeps in force."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enforcement.decision import Action
from streams.metering import count_judged, count_lines, count_pictures, show_entries, show_rails

if TYPE_CHECKING:
    from streams.guarding import Guard
    from streams.metrics import Meters
    from streams.pipeline import Step

OFTEN = 1.0  # seconds between two looks at all that is in force
PROJECTION = "file"


@dataclass(slots=True)
class GuardMeters:
    """What Prometheus is told of a guard."""

    meters: Meters
    guard: Guard
    forgotten: int = 0  # actors, counted already
    due: float = 0.0

    def tell(self, step: Step | None, now: float) -> None:
        """Count a step, which is done and written; *now* in seconds since 1970."""
        if step:
            self._count(step, now)
        if now >= self.due:
            self._show(now)
            self.due = now + OFTEN

    def _count(self, step: Step, now: float) -> None:
        meters, decisions = self.meters, self.guard.news(step)
        count_lines(meters, step.batch, step.rejects)
        count_judged(meters, step.signals, decisions, now)
        count_pictures(meters, self.guard.pipeline.pictures(step.batch))
        for decision in decisions:
            if decision.action > Action.OBSERVE:
                meters.event_to_blocklist_seconds.observe(max(now - decision.at, 0.0))
        meters.late_lines.inc(step.late)
        meters.forgotten_actors.inc(max(step.forgotten - self.forgotten, 0))
        self.forgotten = max(step.forgotten, self.forgotten)
        meters.watermark_timestamp_seconds.labels("0").set(self.guard.published.newest)

    def _show(self, now: float) -> None:
        published = self.guard.published
        entries = published.blocks.standing(published.newest).entries
        show_rails(self.meters, published.railing.trips)
        self.meters.halted.set(published.halted)
        owners = [entry.owners for entry in entries if entry.action is Action.BLOCK]
        show_entries(self.meters, Counter(entry.word for entry in entries), owners)
        self.meters.projection_up.labels(PROJECTION).set(1)
        self.meters.projection_timestamp_seconds.labels(PROJECTION).set(now)
