"""Witness: about whom each detector spoke, held against the truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from enforcement.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from enforcement.decision import Signal
    from tests.cast.effects import Rows

    Mask = NDArray[np.bool_]

# A score is said again only when it has risen by a step, so from here on it may be a certain one.
CERTAIN = 1 - Policy().step


@dataclass(frozen=True, slots=True)
class Witness:
    """What came of the words of one detector, or of all."""

    detector: str
    guilty: int  # visitors who came to harvest
    known: int  # … of whom it spoke
    sure: int  # actors (addresses, networks, sessions, accounts) of which it was certain
    right: int  # … through which somebody harvested

    def __add__(self, other: Witness) -> Witness:
        """Add up two platforms."""
        return Witness(
            self.detector,
            self.guilty + other.guilty,
            self.known + other.known,
            self.sure + other.sure,
            self.right + other.right,
        )

    @property
    def recall(self) -> float:
        """Tell the share of harvesters it spoke about."""
        return self.known / max(self.guilty, 1)

    @property
    def precision(self) -> float | None:
        """Tell the share of actors it was rightly certain of, None if it was of none."""
        return self.right / self.sure if self.sure else None


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one detector said on one platform."""

    about: set[tuple[str, str]] = field(default_factory=set)  # actors: scope and target
    sure: set[tuple[str, str]] = field(default_factory=set)  # … of which it was certain

    def hear(self, signal: Signal) -> None:
        """Take down a word."""
        actor = (str(signal.scope), signal.target)
        self.about.add(actor)
        if signal.score >= CERTAIN:
            self.sure.add(actor)

    def summed(self, detector: str, rows: Rows, guilty: Mask) -> Witness:
        """Hold it against who is *guilty* (visitors,)."""
        visitor = rows.requests.visitor
        lines = [rows.lines(*actor) for actor in self.about]
        known = np.unique(visitor[np.concatenate([np.zeros(0, np.int64), *lines])])
        right = sum(bool(guilty[visitor[rows.lines(*actor)]].any()) for actor in self.sure)
        came, spoken = int(guilty.sum()), int(guilty[known].sum())
        return Witness(detector, came, spoken, len(self.sure), right)


def witnesses(
    signals: Iterable[Signal], names: Sequence[str], rows: Rows, guilty: Mask
) -> list[Witness]:
    """Sum up what each detector said on one platform, and at last what any of them did.

    A word about an address or a network is a word about everybody who came from there.
    """
    spoken, anybody = {name: Spoken() for name in names}, Spoken()
    for signal in signals:
        spoken[signal.detector].hear(signal)
        anybody.hear(signal)
    told = {**spoken, "any of them": anybody}
    return [said.summed(name, rows, guilty) for name, said in told.items()]
