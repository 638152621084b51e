"""Bench: the logs that are measured on, made when a part asks for them, and their replay."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from benchmarks.cost import HEDGEROW, Cost, undisturbed
from benchmarks.logs import days, nested, odd
from streams.settings import Settings
from tests.cast.roster import HARVESTERS
from tests.cast.world import START, World

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MILLION, PEOPLE, DAY = 1_000_000, 15_000, 86_400


@dataclass(frozen=True)
class Bench:
    """Where and how large to measure."""

    folder: Path  # everything that is made goes here
    size: float = 1.0  # 1 is a million lines
    seeds: tuple[int, ...] = ()  # of the platforms of `quality`; drawn afresh where none is given
    json: Path | None = None  # where `quality` leaves its figures for programs
    settings: Settings = field(default_factory=Settings)  # by which `quality` judges

    @property
    def lines(self) -> int:
        """Say how long the main log is."""
        return round(MILLION * self.size)

    @cached_property
    def combined(self) -> Path:
        """Write the main log: six hours of a photo platform, in combined format."""
        return self._written("combined.log", self.world.lines())

    @cached_property
    def odd(self) -> Path:
        """Write the main log with every line odd."""
        return self._written("odd.log", odd(self.world.lines()))

    @cached_property
    def nested(self) -> Path:
        """Write the main log as nested JSON."""
        return self._written("nested.json", nested(self.world.lines("json")))

    @cached_property
    def harvested(self) -> Path:
        """Write a log as long as the main one, of a platform that all harvesters come to."""
        world = World(1, lines=self.lines, people=self._people, harvesters=tuple(HARVESTERS))
        return self._written("harvested.log", world.lines())

    @cached_property
    def ten_days(self) -> Path:
        """Write ten days, each of them as long as the main log."""
        return self._written("ten_days.log", days(10, self._world))

    @cached_property
    def world(self) -> World:
        """Draw the platform that the logs are of."""
        return self._world(0)

    @cached_property
    def replayed(self) -> Cost:
        """Replay the main log: what everything else is held against."""
        return self.replay(self.combined)

    @cached_property
    def started(self) -> Cost:
        """Replay a log of one line: what every replay takes to start."""
        with self.combined.open("rb") as log:
            return self.replay(self._written("line.log", [log.readline()]))

    @cached_property
    def spine(self) -> Cost:
        """Replay the main log without looking for fleets."""
        settings = self._written("spine.toml", [b"[fleets]\nmost = 0\n"])
        return self.replay(self.combined, "--settings", str(settings))

    def replay(self, log: Path, *how: str) -> Cost:
        """Replay *log* with all detectors, and write decisions, signals and rejects."""
        return undisturbed(HEDGEROW, "replay", str(log), "--out", str(self.folder / "out"), *how)

    def rate(self, cost: Cost, but: float = 0.0) -> float:
        """Turn the cost of a log as long as the main one, *but* some, into lines per CPU-second."""
        return self.lines / (cost.cpu - but)

    def _world(self, day: int) -> World:
        return World(day + 1, lines=self.lines, people=self._people, start=START + day * DAY)

    @property
    def _people(self) -> int:
        return round(PEOPLE * self.size)

    def _written(self, name: str, blocks: Iterable[bytes]) -> Path:
        path = self.folder / name
        with path.open("wb") as file:
            file.writelines(blocks)
        return path
