"""Trial: one platform, drawn from a seed, and its log as Hedgerow replays it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from actors.features import MINUTE
from streams.judging import Judge
from streams.records import decision_record
from streams.replay import replay
from streams.sitefiles import read_site
from streams.sources import open_source
from tests.cast.roster import EVERYBODY_ELSE, HARVESTERS
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from access.site import Site
    from enforcement.decision import Decision, Signal
    from streams.pipeline import Step
    from streams.settings import Settings
    from tests.cast.schemes import Scheme

SECOND = 1000  # milliseconds
BEFORE = 0  # minute since 1970 UTC that was over long ago


@dataclass(frozen=True, slots=True)
class Trial:
    """What makes a platform: the same trial is the same log, byte for byte."""

    seed: int
    scheme: Scheme
    written: str = "combined"  # format; json says sessions and accounts as well
    people: int = 3_000
    hours: float = 30
    before: float = 0  # hours more, before anybody harvests
    pictures: int = 60_000

    def __str__(self) -> str:
        """Say it in a line of the report."""
        return f"{self.scheme.value} {self.seed} ({self.written})"

    def world(self) -> World:
        """Let everybody of the cast come."""
        return World(
            self.seed,
            scheme=self.scheme,
            people=round(self.people * (1 + self.before / self.hours)),  # as many a day
            hours=self.before + self.hours,
            before=self.before,
            pictures=self.pictures,
            harvesters=tuple(HARVESTERS),
            passersby=EVERYBODY_ELSE,
        )


@dataclass(frozen=True)
class Replay:
    """A log that was judged once, and can be judged again with other settings."""

    site: Site
    settings: Settings
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, world: World, written: str, settings: Settings) -> Replay:
        """Replay a world's log, with the site.toml and the tables that come with it."""
        with TemporaryDirectory(prefix="hedgerow-quality-") as name:
            log = Path(name) / "access.log"
            world.write(log, written)
            site = read_site(world.write_site(Path(name)))
            return cls(site, settings, tuple(replay([open_source(str(log))], site, settings)))

    @cached_property
    def decisions(self) -> list[Mapping[str, Any]]:
        """List the decisions, as written to decisions.ndjson."""
        return told(decision for step in self.steps for decision in step.decisions)

    @cached_property
    def signals(self) -> list[Signal]:
        """List what the detectors said."""
        return [signal for step in self.steps for signal in step.signals]

    def trusting(self, trust: Mapping[str, float]) -> dict[str, list[Mapping[str, Any]]]:
        """Judge the same requests while one detector is believed so far: decisions, by its name.

        Memory is the same whomever one believes, so it is made once and every judge hears it. A
        cast's log is in order of time, so the ticks that a step closed follow from its rows.
        """
        known, every = self.settings.trust, SECOND * self.settings.time.tick
        judges = {
            name: Judge(self.site, replace(self.settings, trust={**known, name: far}))
            for name, far in trust.items()
        }
        first = Judge(self.site, self.settings)
        decisions: dict[str, list[Decision]] = {name: [] for name in judges}
        for judge in judges.values():
            judge.turnout = first.turnout
        for step in self.steps:
            tick = step.batch.at // every
            over = int(tick[-1]) * self.settings.time.tick // MINUTE - 1 if len(tick) else BEFORE
            frames, found = first.observe(step.batch, tick, over)
            for name, judge in judges.items():
                judge.evasion.see(first.census.folded, first.census.resident)
                decisions[name] += judge.decided(frames, found, step.batch)[1]
        return {name: told(said) for name, said in decisions.items()}


def told(decisions: Iterable[Decision]) -> list[Mapping[str, Any]]:
    """Write decisions down."""
    return [to_builtins(decision_record(decision)) for decision in decisions]
