"""Quality: who is found and who is hit, on platforms drawn afresh at every run."""

from __future__ import annotations

from secrets import randbelow
from typing import TYPE_CHECKING

from msgspec import to_builtins

from benchmarks.finding import Finding
from streams.records import decision_record
from streams.replay import replay
from streams.settings import Settings
from streams.sitefiles import read_site
from streams.sources import open_source
from tests.cast.schemes import Scheme
from tests.cast.score import score
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench
    from tests.cast.score import Standing

PEOPLE = 6_000
FORMATS = ("combined", "json")


def measure(bench: Bench) -> Iterator[Finding]:
    """Judge one platform of each address scheme and format; its seed makes it again."""
    for scheme in Scheme:
        for written in FORMATS:
            seed = randbelow(10**9)
            standings = judged(bench, World(seed, scheme=scheme, people=PEOPLE), written)
            yield from told(f"{scheme.value}, {written}, seed {seed}", standings)


def judged(bench: Bench, world: World, written: str) -> list[Standing]:
    """Replay a platform's log with its site.toml, and hold the decisions against the truth."""
    log = bench.folder / "quality.log"
    world.write(log, written)
    site = read_site(world.write_site(bench.folder))
    steps = replay([open_source(str(log))], site, Settings())
    decisions = [to_builtins(decision_record(d)) for step in steps for d in step.decisions]
    return score(decisions, world)


def told(platform: str, standings: list[Standing]) -> Iterator[Finding]:
    """Say how many harvesters and how many others were blocked, or at least challenged."""
    for who, guilty, wanted in (("harvesters", True, "all"), ("others", False, "0 blocked")):
        those = [standing for standing in standings if standing.guilty is guilty]
        came, blocked = sum(s.visitors for s in those), sum(s.blocked for s in those)
        challenged = sum(s.challenged for s in those) - blocked
        measured = f"{blocked:,} blocked, {challenged:,} challenged of {came:,}"
        yield Finding(f"{platform}: {who}", measured, "", wanted)
