"""Testimony: what each detector was good for in a run, and what more trust would have done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from enforcement.decision import Action
from enforcement.peaks import NONE, held, levels, running, starts
from enforcement.views import once

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from actors.frame import Scope
    from detectors.base import Detector
    from enforcement.decision import Decision, Signal
    from enforcement.policy import Policy

    Floats = NDArray[np.float64]
    Actor = tuple[Scope, str]  # see Decision.target


@dataclass(frozen=True, slots=True)
class Testimony:
    """How far one detector mattered; all are counts of actors."""

    detector: str
    family: str
    trust: float  # [0, 1]; 0: it speaks and nobody acts
    spoke: int  # about whom it said anything
    alone: int  # … and no other detector did
    blocked: int  # … who were blocked
    needed: int  # … who would not have been without it
    silent: int  # who were blocked though it said nothing
    added: int  # who would have been blocked as well, had it been trusted wholly; at most
    overturned: int = 0  # who were blocked by it, and whom a person has spared since


@dataclass(frozen=True, slots=True)
class Hearsay:
    """Signals by row, each actor's together and in order of time, with what is held of them."""

    actor: Sequence[Actor]  # (actors,)
    begins: NDArray[np.intp]  # (actors,) the first row of each
    held: Floats  # (rows, detectors) scores that are left at each signal

    @classmethod
    def of(
        cls, signals: Sequence[Signal], detectors: Sequence[Detector], policy: Policy
    ) -> Hearsay:
        """Put signals in order; those of detectors that are not known here are left out."""
        number = {detector.name: place for place, detector in enumerate(detectors)}
        known = sorted(
            (s for s in signals if s.detector in number), key=lambda s: (s.scope, s.target, s.at)
        )
        actors = sorted({(s.scope, s.target) for s in known})
        slots = {actor: slot for slot, actor in enumerate(actors)}
        slot = np.array([slots[s.scope, s.target] for s in known], np.intp)
        scores = np.zeros((len(known), len(detectors)))
        column = [number[s.detector] for s in known]
        scores[np.arange(len(known)), column] = [s.score for s in known]
        age = np.array([s.at for s in known], np.float64)[:, None] / policy.half_life
        stored = np.full((len(actors), len(detectors)), NONE)
        peak = running(levels(scores, age), slot, stored)
        return cls(actors, starts(slot), held(peak, age, policy.faint))

    def each(self, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell of which actors (actors,) any of the rows is true, column by column if there are."""
        any_: NDArray[np.bool_] = np.logical_or.reduceat(rows, self.begins, axis=0)
        return any_


@dataclass(frozen=True, slots=True)
class Trial:
    """What was said and done, to be judged anew with other weights."""

    heard: Hearsay
    spoke: NDArray[np.bool_]  # (actors, detectors) who said anything about whom
    blocked: NDArray[np.bool_]  # (actors,) who were, in the run
    weights: Floats  # (detectors,) nats, trust included
    names: tuple[str, ...]  # (detectors,)
    families: tuple[str, ...]  # (detectors,)
    policy: Policy

    def blocks(self, place: int, weight: float) -> NDArray[np.bool_]:
        """Tell whom (actors,) signals alone would block if one detector weighed so much."""
        weights = self.weights.copy()
        weights[place] = weight
        brought = once(self.heard.held * weights, self.names)
        rungs = self.policy.rungs(brought, self.families)
        return self.heard.each(rungs == Action.BLOCK)

    def testimony(self, place: int, detector: Detector, trust: float) -> Testimony:
        """Say how far one detector mattered."""
        says = self.spoke[:, place]
        now = self.blocks(place, self.weights[place])
        return Testimony(
            detector=detector.name,
            family=self.families[place],
            trust=trust,
            spoke=int(says.sum()),
            alone=int((says & (self.spoke.sum(axis=1) == 1)).sum()),
            blocked=int((says & self.blocked).sum()),
            needed=int((self.blocked & now & ~self.blocks(place, 0.0)).sum()),
            silent=int((self.blocked & ~says).sum()),
            added=int((~self.blocked & ~now & self.blocks(place, detector.weight)).sum()),
        )


def weighed(
    signals: Sequence[Signal],
    decisions: Sequence[Decision],
    detectors: Sequence[Detector],
    trust: Mapping[str, float],
    policy: Policy,
) -> list[Testimony]:
    """Say of each detector how far it mattered in what a run left.

    What is spared of shared addresses and by pardons no signal tells, so `added` may be too many;
    of scores that rose by less than `policy.step` none is given, so `needed` may be some too few.
    """
    heard = Hearsay.of(signals, detectors, policy)
    blocked = {(d.scope, d.target) for d in decisions if d.action is Action.BLOCK}
    trusted = [trust.get(detector.name, 1.0) for detector in detectors]
    trial = Trial(
        heard=heard,
        spoke=heard.each(heard.held > 0.0),
        blocked=np.array([actor in blocked for actor in heard.actor], np.bool_),
        weights=np.array([d.weight * t for d, t in zip(detectors, trusted, strict=True)]),
        names=tuple(detector.name for detector in detectors),
        families=tuple(str(detector.family) for detector in detectors),
        policy=policy,
    )
    given = zip(detectors, trusted, strict=True)
    return [trial.testimony(place, *pair) for place, pair in enumerate(given)]


def held_against(
    told: Iterable[Testimony], decisions: Iterable[Decision], spared: Collection[str]
) -> list[Testimony]:
    """Count against detectors the blocks they had a say in of targets that people spared since."""
    wrong = [d for d in decisions if d.action is Action.BLOCK and d.target in spared]
    about = {name: {d.target for d in wrong if name in d.detectors} for name in names_in(wrong)}
    return counted_against(told, {name: len(targets) for name, targets in about.items()})


def counted_against(told: Iterable[Testimony], wrong: Mapping[str, int]) -> list[Testimony]:
    """Say of each detector how many of its blocks people overturned."""
    return [replace(each, overturned=wrong.get(each.detector, 0)) for each in told]


def names_in(decisions: Iterable[Decision]) -> set[str]:
    """List the detectors that had a say."""
    return {name for decision in decisions for name in decision.detectors}
