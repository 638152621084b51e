"""Run: a replay that is written down and counted while it goes."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from enforcement.blocklist import BlockList
from enforcement.moments import moment
from enforcement.pardons import Pardons
from enforcement.railing import Railing
from evidence.campaigns import CampaignBook
from evidence.casebook import Casebook
from evidence.samples import Samples
from feeds.listing import listing
from streams.acquaintance import granted
from streams.letters import letters
from streams.outputs import Outputs, replace_file
from streams.records import ENCODER
from streams.replay import replay
from streams.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from access.site import Site
    from evidence.campaigns import CampaignCase
    from streams.pipeline import Step
    from streams.reporting import Reporting
    from streams.settings import Settings
    from streams.sources import Source


@dataclass(slots=True)
class Run:
    """Several inputs, merged by event time; iterate over `steps`, then look at the rest."""

    sources: Sequence[Source]
    site: Site
    settings: Settings
    out: Path | None = None  # the folder to write to, None for nowhere
    report: Path | None = None  # the page to write, None for none
    tally: Tally = field(init=False)
    blocks: BlockList = field(init=False)
    railing: Railing = field(init=False)
    campaigns: CampaignBook = field(default_factory=CampaignBook)
    letters: dict[str, None] = field(default_factory=dict)  # whom somebody has to write to, and why

    def __post_init__(self) -> None:
        """Leave holes in the block list for those whom site and settings spare."""
        spared = spared_by(self.site, self.settings)
        self.blocks, self.railing = BlockList(spared), Railing(self.settings.rails)
        samples = Samples() if self.report else None
        tick = self.settings.time.tick
        self.tally = Tally(casebook=Casebook(tick=tick, spared=spared, samples=samples))

    def steps(self) -> Iterator[Step]:
        """Go through the inputs; each step is written before it is handed on."""
        return self.recorded(replay(self.sources, self.site, self.settings))

    def recorded(self, steps: Iterable[Step]) -> Iterator[Step]:
        """Write and count steps that somebody else makes of the inputs."""
        names = [source.name for source in self.sources]
        reporting = reporting_to(self.report) if self.report else None
        with Outputs.open(self.out, names) if self.out else nullcontext() as outputs:
            for step in steps:
                if outputs:
                    outputs.write(step.rejects, step.signals, step.decisions)
                    outputs.flush()
                for decision in step.decisions:
                    if self.railing.admits(decision, decision.at * 1000):
                        self.blocks.apply(decision)
                self.letters |= dict.fromkeys(letters(self.site, step.decisions))
                asked = self.tally.add(step)
                self.campaigns.see(step.batch, step.decisions)
                if reporting:
                    reporting.add(step, asked)
                self.blocks.expire(self.tally.end)
                yield step
        if self.out:
            self._close(self.out)
        if reporting:
            campaigns = self.campaigns.cases()
            reporting.write(names, self.tally, campaigns, self.site, self.settings)

    def summary(self) -> dict[str, Any]:
        """Tell in plain data what was seen and done."""
        return {
            **self.tally.summary(),
            "campaigns": [told(case) for case in self.campaigns.cases()],
            "spared": spared_by(self.site, self.settings),
            "rails": asdict(self.settings.rails),
            "tripped": [asdict(trip) for trip in self.railing.trips],
        }

    def _close(self, out: Path) -> None:
        """Write what is known only at the end."""
        replace_file(out / "blocklist.txt", listing(self.blocks.standing(self.tally.end)))
        replace_file(out / "summary.json", ENCODER.encode(self.summary()) + b"\n")

    @property
    def troubles(self) -> list[str]:
        """Say which inputs ended early, and why."""
        return [f"{source.name}: {source.trouble}" for source in self.sources if source.trouble]


def told(case: CampaignCase) -> dict[str, Any]:
    """Write a campaign's case as plain data."""
    return {**asdict(case), "first": moment(case.first), "last": moment(case.last)}


def reporting_to(path: Path) -> Reporting:
    """Begin a report; whoever wants none does not wait for what it needs to be loaded."""
    from streams.reporting import Reporting  # noqa: PLC0415 - loads a template engine

    return Reporting(path)


def spared_by(site: Site, settings: Settings) -> tuple[str, ...]:
    """List the addresses and CIDRs that no block list may ever hold."""
    always = 0  # any time will do: pardons that end are tied to a quota, and make no holes
    return Pardons(granted(site, settings)).spared(always)
