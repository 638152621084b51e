"""Canary: a change of settings that is tried on a share of actors before it holds for all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Canary:
    """What is tried, and on how many; everybody else is judged as before."""

    share: float = 0.0  # of networks, sessions and accounts, 0 to 1; 0 tries nothing
    file: str = ""  # settings they are judged by, whole; relative to the file that names it


def check_canary(canary: Canary) -> None:
    """Refuse a share that is none, and one of nothing."""
    if canary.share > 1.0:
        msg = f"canary.share: expected a number from 0 to 1, saw {canary.share!r}"
        raise ValueError(msg)
    if canary.share and not canary.file:
        msg = f"canary.file: expected a file of settings to try on {canary.share:g}, saw none"
        raise ValueError(msg)
