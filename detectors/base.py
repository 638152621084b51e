"""What every detector is: a pure function of a Frame, with a name, a family and a weight."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from actors.features import Feature
    from actors.frame import Frame

Scores: TypeAlias = NDArray[np.float64]


@unique
class Family(StrEnum):
    """Kinds of evidence; a block needs two of them, so that no single blind spot decides."""

    VOLUME = "volume"
    SHAPE = "shape"
    IDENTITY = "identity"
    COHORT = "cohort"
    TRAP = "trap"


class Detector(Protocol):
    """What looks wrong, from one point of view. It has no memory; actors have."""

    @property
    def name(self) -> str:
        """The file's name, and the word for it everywhere."""

    @property
    def family(self) -> Family:
        """Which kind of evidence it gives."""

    @property
    def weight(self) -> float:
        """Log-likelihood ratio, in nats, of a score of 1: harvester against person."""

    @property
    def reads(self) -> tuple[Feature, ...]:
        """The features it looks at; shown as evidence."""

    def score(self, actors: Frame) -> Scores:
        """Give each row a number in [0, 1]: 0 innocent, 1 certain."""


def ramp(value: Scores, doubtful: float, certain: float) -> Scores:
    """Rise from 0 at *doubtful* to 1 at *certain*."""
    return np.clip((value - doubtful) / (certain - doubtful), 0.0, 1.0)
