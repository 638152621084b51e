"""Clerk: writes signals and decisions down, with everything that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from actors.features import DAY, Count, Statistic
from enforcement.decision import Action, Decision, Signal
from enforcement.policy import total

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actors.frame import Frame
    from detectors.base import Detector
    from enforcement.hearing import Hearing
    from enforcement.policy import Policy
    from enforcement.sentences import Sentence

PICTURES, OWNERS = Count(Statistic.PICTURES, 30 * DAY), Count(Statistic.OWNERS, 30 * DAY)


@dataclass(frozen=True, slots=True, eq=False)
class Clerk:
    """Knows the words for what the docket found."""

    detectors: tuple[Detector, ...]
    weights: NDArray[np.float64]  # nats, trust included, per detector
    policy: Policy
    rules: str
    settings: str

    @property
    def families(self) -> tuple[str, ...]:
        """Name the kind of evidence of each detector."""
        return tuple(str(detector.family) for detector in self.detectors)

    def signal(self, frame: Frame, row: int, target: str, number: int, score: float) -> Signal:
        """Write down what detector *number* says of a row."""
        detector = self.detectors[number]
        return Signal(
            at=int(frame.at[row]),
            scope=frame.scope,
            target=target,
            detector=detector.name,
            family=str(detector.family),
            score=score,
            weight=float(self.weights[number]),
            evidence={str(feature): float(frame[feature][row]) for feature in detector.reads},
        )

    def decision(self, hearing: Hearing, sentence: Sentence, target: str) -> Decision:
        """Write down a sentence; its signals carry the scores that it rests on."""
        scores = (hearing.fresh if sentence.fresh else hearing.held)[sentence.row]
        brought = scores * self.weights
        frame, row = hearing.frame, int(hearing.row[sentence.row])
        spoken = self.policy.spoken(brought[None], self.families)[0]
        families = np.array(sorted(set(self.families)))[spoken]
        at, action = int(frame.at[row]), Action(sentence.action)
        return Decision(
            id=self._id(frame.scope, target, at, action),
            at=at,
            action=action,
            scope=frame.scope,
            key=int(frame.actor[row]),
            target=target,
            until=sentence.until,
            score=float(total(brought[None])[0]),
            families=tuple(families.tolist()),
            signals=tuple(
                self.signal(frame, row, target, number, float(scores[number]))
                for number in np.argsort(-brought, kind="stable").tolist()
                if scores[number] > 0.0
            ),
            pictures=round(float(frame[PICTURES][row])),
            owners=round(float(frame[OWNERS][row])),
            rules=self.rules,
            settings=self.settings,
        )

    def _id(self, scope: str, target: str, at: int, action: Action) -> str:
        parts = (scope, target, str(at), action.name, self.rules, self.settings)
        return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()
