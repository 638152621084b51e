"""Clerk: writes signals and decisions down, with everything that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from actors.features import DAY, HOUR, Bond, Bound, Count, Statistic
from actors.frame import Scope
from enforcement.claimed import HANDSHAKE, shaken, spelt
from enforcement.decision import Action, Decision, Reach, Signal, id_of
from enforcement.pardons import CLAIM
from enforcement.policy import total
from enforcement.views import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from actors.frame import Frame
    from detectors.base import Detector
    from enforcement.hearing import Hearing
    from enforcement.policy import Floats, Policy
    from enforcement.sentences import Sentence

PICTURES, OWNERS = Count(Statistic.PICTURES, 30 * DAY), Count(Statistic.OWNERS, 30 * DAY)

REQUESTS, CROWD = Count(Statistic.REQUESTS, HOUR), Count(Statistic.AGENTS, HOUR)
CAMPAIGN = Bound(Bond.CAMPAIGN)

label = cache(str)  # the name of a feature, worked out once


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

    def brought(self, scores: Floats) -> Floats:
        """Tell the nats of scores: (rows, detectors)."""
        return once(scores * self.weights, [detector.name for detector in self.detectors])

    def signals(
        self,
        frame: Frame,
        rows: NDArray[np.intp],
        names: Sequence[str],
        number: int,
        scores: Floats,
    ) -> list[Signal]:
        """Write down what detector *number* says of some rows: *names* and *scores* are (rows,)."""
        detector = self.detectors[number]
        labels = [label(feature) for feature in detector.reads]
        looked_at = zip(*(frame[feature][rows].tolist() for feature in detector.reads), strict=True)
        evidence = (dict(zip(labels, seen, strict=True)) for seen in looked_at)
        told = zip(frame.at[rows].tolist(), names, scores.tolist(), evidence, strict=True)
        spoken = (detector.name, str(detector.family))
        weight = float(self.weights[number])
        return [
            Signal(at, frame.scope, name, *spoken, score, weight, seen)
            for at, name, score, seen in told
        ]

    def decisions(
        self, hearing: Hearing, said: Sequence[Sentence], names: Sequence[str]
    ) -> Iterator[Decision]:
        """Write sentences down, about actors by *names*; signals carry the scores they rest on."""
        place = np.array([each.row for each in said], np.intp)
        fresh = np.array([each.fresh for each in said], np.bool_)
        scores = np.where(fresh[:, None], hearing.fresh[place], hearing.held[place])
        frame, rows = hearing.frame, hearing.row[place]
        brought = self.brought(scores)
        sums, families = total(brought), self._spoken(brought)
        shares = self._shares(frame, rows, names, scores)
        told = zip(said, rows.tolist(), names, sums.tolist(), families, shares, strict=True)
        for each, row, target, score, spoken, signals in told:
            at, action = int(frame.at[row]), Action(each.action)
            yield Decision(
                id=id_of(frame.scope, target, at, action, (self.rules, self.settings)),
                at=at,
                action=action,
                scope=frame.scope,
                key=int(frame.actor[row]),
                target=target,
                until=each.until,
                score=score,
                families=spoken,
                signals=signals,
                pictures=round(float(frame[PICTURES][row])),
                owners=round(float(frame[OWNERS][row])),
                rules=self.rules,
                settings=self.settings,
                campaign=campaign_of(frame, row),
                reach=reach_of(frame, row),
                quiet=each.until - at if self._ends_early(action) else 0,
                agent=spelt(int(frame[CLAIM][row])),
                ja4=shaken(int(frame[HANDSHAKE][row])),
            )

    def _ends_early(self, action: Action) -> bool:
        """Tell whether an action ends with a silence, and is renewed until then."""
        return self.policy.quiet > 0 and action > Action.OBSERVE

    def _spoken(self, brought: Floats) -> list[tuple[str, ...]]:
        """Name the families that count in each row, sorted."""
        names = np.array(sorted(set(self.families)))
        return [tuple(names[row].tolist()) for row in self.policy.spoken(brought, self.families)]

    def _shares(
        self, frame: Frame, rows: NDArray[np.intp], names: Sequence[str], scores: Floats
    ) -> list[tuple[Signal, ...]]:
        """Write down what each detector adds to each decision, strongest first."""
        shares: list[list[Signal]] = [[] for _ in names]
        for number in np.flatnonzero((scores > 0.0).any(axis=0)).tolist():
            heard = np.flatnonzero(scores[:, number] > 0.0)
            about = [names[place] for place in heard.tolist()]
            signals = self.signals(frame, rows[heard], about, number, scores[heard, number])
            for place, signal in zip(heard.tolist(), signals, strict=True):
                shares[place].append(signal)
        return [tuple(sorted(each, key=lambda s: -s.score * s.weight)) for each in shares]


def reach_of(frame: Frame, row: int) -> Reach:
    """Count what an actor did in the last hour, and who else is behind it; the site comes later.

    Of an address one user agent is the culprit's own.
    """
    requests, people = round(float(frame[REQUESTS][row])), round(float(frame[CROWD][row])) - 1
    if frame.scope is Scope.ACCOUNT:
        people = 1
    return Reach(requests, 0 if frame.scope is Scope.SESSION else max(people, 0))


def campaign_of(frame: Frame, row: int) -> str | None:
    """Name the campaign that an actor belongs to in a row, if any."""
    number = int(frame[CAMPAIGN][row])
    return f"{number:012x}" if number else None
