"""Levers: what somebody would have had to do otherwise for the answer to be a milder one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from actors.features import Count, Fact, Latest, Statistic
from enforcement.decision import Action
from enforcement.policy import NOTHING
from enforcement.views import once
from evidence.grounds import evidence_of, rescored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from actors.features import Feature
    from detectors.base import Detector
    from enforcement.decision import Decision, Signal
    from enforcement.policy import Policy

    Floats = NDArray[np.float64]

STEPS = 2001  # values that are tried for each lever
# Pairs and not a mapping: members of different enumerations of integers are equal.
FEWER: tuple[tuple[Statistic | Fact, str], ...] = (
    (Statistic.PICTURES, "different pictures"),
    (Statistic.COLD, "pictures that nobody had looked at for days"),
    (Statistic.GALLERIES, "whole galleries"),
    (Statistic.OWNERS, "different owners"),
    (Statistic.BARE, "originals without the page or thumbnail that leads there"),
    (Statistic.UNREFERRED, "pictures without a Referer"),
    (Statistic.STEPS, "pictures with a number next to one just asked for"),
    (Fact.RUN, "steps in a row"),
)
MORE: tuple[tuple[Statistic | Fact, str], ...] = (
    (Statistic.PAGES, "pages"),
    (Statistic.CALLS, "API answers"),
    (Statistic.ASSETS, "page assets"),
)
MOST = 1_000  # of what would have to be more; beyond it nobody would believe it


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that would have made the answer milder, all else being the same."""

    what: str
    was: float  # in the largest window
    fewer: bool  # it would have had to be less, not more
    bounds: tuple[tuple[float, str], ...]  # from here on, in every window, what is done

    def __str__(self) -> str:
        """Say it."""
        most = "most" if self.fewer else "least"
        said = (f"with at {most} {bound:,.0f}, {action}" for bound, action in self.bounds)
        return f"{self.was:,.0f} {self.what}: {'; '.join(said)}"


@dataclass(frozen=True, slots=True)
class Bench:
    """A decision whose evidence can be varied.

    Each ground is a signal, and the score that is left of it; a detector that is not known here
    keeps its score whatever is varied.
    """

    decision: Decision
    grounds: Sequence[tuple[Signal, float]]
    detectors: Sequence[Detector]
    policy: Policy

    def levers(self) -> Iterator[Lever]:
        """Try everything that somebody could have done otherwise."""
        for of, what in FEWER:
            was = self._largest(of)
            if was is not None:
                tried = np.unique(np.round(np.linspace(0, was, STEPS)))[::-1]
                yield from self._lever(of, what, tried, fewer=True)
        for of, what in MORE:
            was = self._largest(of)
            if was is not None:
                yield from self._lever(of, what, np.arange(was, was + MOST), fewer=False)

    def without(self, detector: str) -> str:
        """Say what would have been done without a detector."""
        kept = [0.0 if s.detector == detector else left * s.weight for s, left in self.grounds]
        return self._named(self._rungs(np.array([kept]))[0])

    def _lever(
        self, of: Statistic | Fact, what: str, tried: Floats, *, fewer: bool
    ) -> Iterator[Lever]:
        """Find where the answer first gets milder, and where mildest; tried[0] is what it was."""
        columns = [self._brought(*ground, of, tried, fewer=fewer) for ground in self.grounds]
        rungs = self._rungs(np.stack(columns, axis=1))
        if rungs[0] == self.decision.action > rungs.min():
            places = (int(np.argmax(rungs < rungs[0])), int(np.argmin(rungs)))
            bounds = {float(tried[place]): self._named(int(rungs[place])) for place in places}
            yield Lever(what, float(tried[0]), fewer, tuple(bounds.items()))

    def _brought(
        self, signal: Signal, left: float, of: Statistic | Fact, tried: Floats, *, fewer: bool
    ) -> Floats:
        """Give the nats that a signal would bring for each of the tried values."""
        full = np.full(len(tried), left * signal.weight)
        detector = next((d for d in self.detectors if d.name == signal.detector), None)
        if detector is None or not signal.score:
            return full
        limit = np.minimum if fewer else np.maximum
        varied = {
            feature: limit(value, tried)
            for feature, value in evidence_of(signal, detector)
            if is_of(feature, of)
        }
        scores = rescored(signal, detector, varied) / signal.score
        # One that cannot give again what it gave (it knew more then) is left as it was.
        return full if scores[0] < 1.0 else full * np.minimum(scores, 1.0)

    def _largest(self, of: Statistic | Fact) -> float | None:
        """Give the count in the largest window; None if no detector that spoke reads it."""
        values = (
            value
            for signal, _ in self.grounds
            for detector in self.detectors
            if detector.name == signal.detector
            for feature, value in evidence_of(signal, detector)
            if is_of(feature, of)
        )
        return max(values, default=None)

    def _rungs(self, brought: Floats) -> NDArray[np.int8]:
        """Climb the ladder, but no further than it was climbed: whoever is spared stays so."""
        families = [signal.family for signal, _ in self.grounds]
        heard = once(brought, [signal.detector for signal, _ in self.grounds])
        rungs = np.minimum(self.policy.rungs(heard, families), self.decision.action)
        return rungs.astype(np.int8)

    def _named(self, rung: int) -> str:
        return "nothing" if rung == NOTHING else Action(rung).name.lower()


def is_of(feature: Feature, of: Statistic | Fact) -> bool:
    """Tell whether a feature is a count or a fact of this kind."""
    return isinstance(feature, Count | Latest) and feature.of is of
