"""Reporting: gather during a run what its report tells, and write the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from access.site.origins import distant
from detectors.roster import rules_hash
from evidence.edged import EdgedBook
from evidence.findings import Findings
from evidence.gaps import Gaps
from evidence.report import render
from evidence.timeline import Timeline
from streams.acquaintance import heard
from streams.outputs import replace_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from access.site import Site
    from evidence.campaigns import CampaignCase
    from evidence.pictures import Pictures
    from streams.pipeline import Step
    from streams.settings import Settings
    from streams.tally import Tally


@dataclass(frozen=True, slots=True)
class Reporting:
    """What a page needs beside the tally."""

    path: Path  # of the page
    timeline: Timeline = field(default_factory=Timeline)
    gaps: Gaps = field(default_factory=Gaps)
    edged: EdgedBook = field(default_factory=EdgedBook)

    def add(self, step: Step, asked: Pictures) -> None:
        """Count one step; *asked* are its picture requests."""
        self.gaps.see(step.batch, step.rejects, step.signals)
        self.edged.see(step.batch, step.decisions)
        self.gaps.late += step.late
        self.gaps.forgotten = max(self.gaps.forgotten, step.forgotten)
        self.timeline.see(asked)

    def write(
        self,
        names: Sequence[str],
        tally: Tally,
        campaigns: Sequence[CampaignCase],
        site: Site,
        settings: Settings,
    ) -> None:
        """Put the page in the place of the former one; *names* are those of the inputs."""
        detectors = heard(site, settings)
        self.gaps.sized = len(site.galleries)
        self.gaps.distant = distant(site.origins, tally.end, settings.crawlers.fresh)
        found = Findings(
            inputs=names,
            first=(tally.first or 0) // 1000,
            last=tally.end,
            lines=tally.lines,
            pictures=tally.pictures,
            saved=tally.saved,
            cases=tally.casebook.cases(),
            timeline=self.timeline,
            gaps=self.gaps,
            detectors=detectors,
            policy=settings.policy,
            settings=settings.hash,
            rules=rules_hash(detectors),
            campaigns=campaigns,
            edged=self.edged.harvests(),
        )
        replace_file(self.path, render(found).encode())
