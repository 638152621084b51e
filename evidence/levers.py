"""Levers: what somebody would have had to do otherwise for the answer to be a milder one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from actors.features import Count, Fact, Latest, Statistic
from enforcement.decision import Action
from enforcement.policy import NOTHING
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
FEWER: dict[Statistic | Fact, str] = {
    Statistic.PICTURES: "different pictures",
    Statistic.OWNERS: "different owners",
    Statistic.BARE: "originals without the page or thumbnail that leads there",
    Statistic.UNREFERRED: "pictures without a Referer",
    Statistic.STEPS: "pictures with a number next to one just asked for",
    Fact.RUN: "steps in a row",
}
MORE: dict[Statistic | Fact, str] = {
    Statistic.PAGES: "pages",
    Statistic.CALLS: "API answers",
    Statistic.ASSETS: "page assets",
}
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
        read = {f.of for d in self.detectors for f in d.reads if isinstance(f, Count | Latest)}
        for of, what in FEWER.items():
            if of in read and (was := self._largest(of)):
                tried = np.unique(np.round(np.linspace(0, was, STEPS)))[::-1]
                yield from self._first(of, what, was, tried)
        for of, what in MORE.items():
            if of in read:
                was = self._largest(of)
                yield from self._first(of, what, was, np.arange(was, was + MOST))

    def without(self, detector: str) -> str:
        """Say what would have been done without a detector."""
        kept = [0.0 if s.detector == detector else left * s.weight for s, left in self.grounds]
        return self._named(self._rungs(np.array([kept]))[0])

    def _first(self, of: Statistic | Fact, what: str, was: float, tried: Floats) -> Iterator[Lever]:
        """Find where the answer first gets milder, and where mildest; tried[0] is what it was."""
        brought = np.stack(
            [self._brought(signal, left, of, tried) for signal, left in self.grounds], axis=1
        )
        rungs = self._rungs(brought)
        if rungs[0] == self.decision.action > rungs.min():
            places = (int(np.argmax(rungs < rungs[0])), int(np.argmin(rungs)))
            bounds = {float(tried[place]): self._named(int(rungs[place])) for place in places}
            yield Lever(what, was, of in FEWER, tuple(bounds.items()))

    def _brought(self, signal: Signal, left: float, of: Statistic | Fact, tried: Floats) -> Floats:
        """Give the nats that a signal would bring for each of the tried values."""
        full = np.full(len(tried), left * signal.weight)
        detector = next((d for d in self.detectors if d.name == signal.detector), None)
        if detector is None or not signal.score:
            return full
        limit = np.minimum if of in FEWER else np.maximum
        varied = {
            feature: limit(value, tried)
            for feature, value in evidence_of(signal, detector)
            if is_of(feature, of)
        }
        return full * np.minimum(rescored(signal, detector, varied) / signal.score, 1.0)

    def _largest(self, of: Statistic | Fact) -> float:
        values = (
            value
            for signal, _ in self.grounds
            for detector in self.detectors
            if detector.name == signal.detector
            for feature, value in evidence_of(signal, detector)
            if is_of(feature, of)
        )
        return max(values, default=0.0)

    def _rungs(self, brought: Floats) -> NDArray[np.int8]:
        """Climb the ladder, but no further than it was climbed: whoever is spared stays so."""
        families = [signal.family for signal, _ in self.grounds]
        rungs = np.minimum(self.policy.rungs(brought, families), self.decision.action)
        return rungs.astype(np.int8)

    def _named(self, rung: int) -> str:
        return "nothing" if rung == NOTHING else Action(rung).name.lower()


def is_of(feature: Feature, of: Statistic | Fact) -> bool:
    """Tell whether a feature is a count or a fact of this kind."""
    # Both enumerations are of integers, so their kind has to be compared too.
    return isinstance(feature, Count | Latest) and feature.of is of
