"""Quality: who is found and who is hit, class by class, on platforms drawn afresh at every run."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import randbelow
from statistics import median
from typing import TYPE_CHECKING

from msgspec import to_builtins

from benchmarks.finding import Finding
from streams.records import decision_record
from streams.replay import replay
from streams.settings import Settings
from streams.sitefiles import read_site
from streams.sources import open_source
from tests.cast.passersby import PASSERSBY
from tests.cast.roster import HARVESTERS, MORE_PASSERSBY
from tests.cast.schemes import Scheme
from tests.cast.score import score
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench
    from tests.cast.score import Standing

PEOPLE, HOURS = 3_000, 30
SEEDS = 5  # of each address scheme, at size 1
FORMATS = ("combined", "json")  # in turn: without sessions and accounts, and with them


@dataclass(slots=True)
class Record:
    """How one class of visitors fared on all platforms."""

    guilty: bool
    standings: list[Standing] = field(default_factory=list)

    def sum(self, name: str) -> int:
        """Add up a count of Standing."""
        return sum(getattr(standing, name) for standing in self.standings)

    def __str__(self) -> str:
        """Say it in a line."""
        came, blocked = self.sum("visitors"), self.sum("blocked")
        told = f"{blocked:,} blocked, {self.sum('challenged') - blocked:,} challenged of {came:,}"
        if not self.guilty:
            return told
        lost, saved = self.sum("lost"), self.sum("saved")
        waits = [s.seconds for s in self.standings if s.seconds is not None]
        after = f" after {median(waits):,.0f} s" if waits else ""
        each = median(standing.lost for standing in self.standings)
        share = lost / max(lost + saved, 1)
        return f"{told}{after}; lost {each:,.0f} pictures each, {share:.0%} of all"


def measure(bench: Bench) -> Iterator[Finding]:
    """Judge platforms of each address scheme, with the whole cast."""
    records: dict[str, Record] = {}
    seeds = []
    for scheme in Scheme:
        for number in range(max(1, round(SEEDS * bench.size))):
            seed = randbelow(10**9)
            seeds.append(f"{scheme.value} {seed}")
            world = World(
                seed,
                scheme=scheme,
                people=PEOPLE,
                hours=HOURS,
                harvesters=tuple(HARVESTERS),
                passersby=(*PASSERSBY, *MORE_PASSERSBY),
            )
            for standing in judged(bench, world, FORMATS[number % len(FORMATS)]):
                record = records.setdefault(standing.name, Record(standing.guilty))
                record.standings.append(standing)
    for name, record in sorted(records.items(), key=lambda pair: not pair[1].guilty):
        yield Finding(name, str(record), "", "blocked" if record.guilty else "0 blocked")
    yield Finding("platforms", ", ".join(seeds), "", "")


def judged(bench: Bench, world: World, written: str) -> list[Standing]:
    """Replay a platform's log with its site.toml, and hold the decisions against the truth."""
    log = bench.folder / "quality.log"
    world.write(log, written)
    site = read_site(world.write_site(bench.folder))
    steps = replay([open_source(str(log))], site, Settings())
    decisions = [to_builtins(decision_record(d)) for step in steps for d in step.decisions]
    return score(decisions, world)
