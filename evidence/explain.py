"""Explain: why a target was acted upon, what would have changed that, and who came close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import as_network
from actors.frame import Scope
from enforcement.decision import Action
from enforcement.views import once
from evidence.explanation import Explanation, Other, Part, Turn
from evidence.grounds import grounds
from evidence.lack import lack
from evidence.levers import Bench
from evidence.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.base import Detector
    from enforcement.decision import Decision, Signal
    from enforcement.policy import Policy

NEXT = 5  # others who came close that are named


@dataclass(frozen=True, slots=True)
class Record:
    """What a run left, and the rules it was made with."""

    decisions: Sequence[Decision]  # with their signals
    signals: Sequence[Signal]
    detectors: Sequence[Detector]
    policy: Policy

    def explain(self, target: str) -> Explanation:
        """Explain the hardest decision about a target, or about a network that holds it."""
        about = [d for d in self.decisions if holds(d, target)]
        if not about:
            return self._undecided(target)
        hardest = max(about, key=lambda d: (d.action, d.score))
        bench = self._bench(hardest)
        short = lack(hardest, self.policy)
        notes = [f"not blocked: {short}"] if short else []
        if hardest.continues:
            notes.append(f"continues {hardest.continues}: it goes on where that one was stopped")
        return Explanation(
            target=hardest.target,
            note="; ".join(notes),
            action=hardest.action.name.lower(),
            score=hardest.score,
            thresholds=self._thresholds(),
            parts=parts_of(bench),
            levers=tuple(map(str, bench.levers())),
            turns=tuple(
                Turn(d.at, d.action.name.lower(), d.until, d.score, d.pictures) for d in about
            ),
            others=self._others(hardest),
        )

    def _undecided(self, target: str) -> Explanation:
        """Tell what was said about somebody whom nothing was done about."""
        best: dict[str, Signal] = {}
        for signal in self.signals:
            before = best.get(signal.detector)
            if signal.target == target and (before is None or signal.score > before.score):
                best[signal.detector] = signal
        spoke = [(signal, signal.score) for signal in best.values()]
        brought = nats_of(spoke)
        score = sum(brought)
        spoken = (
            "detectors spoke, but too weakly or at different times, or a pardon covers it"
            if best
            else "no detector ever said anything about it: either it asked for nothing in these "
            "logs, or what it did is what people do"
        )
        return Explanation(
            target=target,
            note=f"nothing was done: {spoken}",
            action="nothing",
            score=score,
            thresholds=self._thresholds(),
            parts=tuple(
                part(*ground, (nats, score), "nothing")
                for ground, nats in zip(spoke, brought, strict=True)
            ),
        )

    def _thresholds(self) -> dict[str, float]:
        names = (action.name.lower() for action in Action)
        return dict(zip(names, self.policy.thresholds, strict=True))

    def _bench(self, decision: Decision) -> Bench:
        rests = grounds(decision, self.signals, self.detectors)
        return Bench(decision, rests, self.detectors, self.policy)

    def _others(self, decision: Decision) -> tuple[Other, ...]:
        """Name the ones nearest to a block, one decision each."""
        best: dict[str, Decision] = {}
        for other in self.decisions:
            if other.scope is decision.scope and other.target != decision.target:
                before = best.get(other.target)
                if before is None or _rank(other) > _rank(before):
                    best[other.target] = other
        near = sorted((d for d in best.values() if d.action is not Action.BLOCK), key=_rank)
        return tuple(
            Other(d.target, d.action.name.lower(), d.score, lack(d, self.policy))
            for d in near[: -NEXT - 1 : -1]
        )


def parts_of(bench: Bench) -> tuple[Part, ...]:
    """Say what each ground of a decision brought."""
    total, brought = bench.decision.score, nats_of(bench.grounds)
    return tuple(
        part(signal, left, (nats, total), bench.without(signal.detector))
        for (signal, left), nats in zip(bench.grounds, brought, strict=True)
    )


def nats_of(grounds: Sequence[tuple[Signal, float]]) -> list[float]:
    """Tell what signals, of whose scores so much is left, add to their sum."""
    brought = np.array([[left * signal.weight for signal, left in grounds]])
    heard: list[float] = once(brought, [signal.detector for signal, _ in grounds])[0].tolist()
    return heard


def part(signal: Signal, left: float, brought: tuple[float, float], without: str) -> Part:
    """Say what one signal, of whose score *left* is left, *brought*: nats, and all of them."""
    nats, total = brought
    return Part(
        detector=signal.detector,
        family=signal.family,
        score=left,
        nats=nats,
        share=nats / total if total else 0.0,
        said_at=signal.at,
        reason=reason(signal),
        without=without,
    )


def holds(decision: Decision, target: str) -> bool:
    """Tell whether a decision is about a target, or about a network that holds it."""
    if decision.target == target:
        return True
    if decision.scope not in (Scope.ADDRESS, Scope.NETWORK):
        return False
    try:
        inner, outer = as_network(target), as_network(decision.target)
    except ValueError:
        return False
    return inner.version == outer.version and inner.subnet_of(outer)  # type: ignore[arg-type]  # same version


def _rank(decision: Decision) -> tuple[Action, float]:
    return decision.action, decision.score
