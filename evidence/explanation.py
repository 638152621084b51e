"""Explanation: all there is to say about one target, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """What one detector brought."""

    detector: str
    family: str
    score: float  # [0, 1], what was left of it at the decision
    nats: float
    share: float  # [0, 1] of the sum
    said_at: int  # seconds since 1970 UTC, when it was seen
    reason: str
    without: str  # the action that the others alone would have led to


@dataclass(frozen=True, slots=True)
class Turn:
    """One decision on the way."""

    at: int  # seconds since 1970 UTC
    action: str
    until: int
    score: float  # nats
    pictures: int


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who came close to a block."""

    target: str
    action: str
    score: float  # nats
    lack: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say about one target; without decisions only `note` and `parts` are there."""

    target: str
    note: str
    action: str
    score: float  # nats
    thresholds: dict[str, float]  # nats that each action takes
    parts: tuple[Part, ...] = ()
    levers: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    others: tuple[Other, ...] = ()
