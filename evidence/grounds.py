"""Grounds: what the shares of a decision rest on, and what they would score otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actors.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from actors.features import Feature
    from detectors.base import Detector
    from enforcement.decision import Decision, Signal

    Floats = NDArray[np.float64]


def grounds(
    decision: Decision, signals: Sequence[Signal], detectors: Sequence[Detector]
) -> tuple[tuple[Signal, float], ...]:
    """Find for each share of a decision the signal it rests on, and the score that is left of it.

    Evidence is held for hours, so what was seen at the decision may be less than what counts.
    """
    same = [s for s in signals if (s.scope, s.target) == (decision.scope, decision.target)]
    said = [signal for signal in same if signal.at <= decision.at]
    return tuple((_ground(share, said, detectors), share.score) for share in decision.signals)


def rescored(signal: Signal, detector: Detector, otherwise: Mapping[Feature, Floats]) -> Floats:
    """Score a signal's evidence again with some features *otherwise*, all of one length."""
    rows = max((len(column) for column in otherwise.values()), default=1)
    columns = {
        feature: otherwise.get(feature, np.full(rows, value))
        for feature, value in evidence_of(signal, detector)
    }
    nobody = np.zeros(rows, np.uint64)
    at = np.full(rows, signal.at)
    return detector.score(Frame(signal.scope, at, nobody, nobody.astype(np.int64), columns))


def shown(share: Signal, detector: Detector) -> float:
    """Tell how much of its score a share's evidence gives again; the rest was seen earlier."""
    try:
        again = float(rescored(share, detector, {})[0])
    except KeyError:  # other rules read other features
        return 0.0
    return again / share.score if share.score else 1.0


def evidence_of(signal: Signal, detector: Detector) -> Iterator[tuple[Feature, float]]:
    """Read a signal's evidence as features."""
    return ((feature, signal.evidence[str(feature)]) for feature in detector.reads)


def _ground(share: Signal, said: Sequence[Signal], detectors: Sequence[Detector]) -> Signal:
    """Take the share itself if it shows what it scores, or else the latest signal that does."""
    for detector in detectors:
        if detector.name == share.detector and shown(share, detector) >= 1.0:
            return share
    higher = (s for s in said if s.detector == share.detector and s.score >= share.score)
    return max(higher, key=lambda signal: signal.at, default=share)
