"""Alike: what two settings must have in common to judge the same requests side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streams.settings import Settings


def check_alike(old: Settings, new: Settings) -> None:
    """Refuse settings under which lines would be read or cut otherwise; ValueError says what."""
    for name in ("time", "lateness"):
        check_equal(name, getattr(old, name), getattr(new, name))
    check_equal("pardons.agents", old.pardons.agents, new.pardons.agents)


def check_trial(base: Settings, trial: Settings) -> None:
    """Refuse a trial that would need another memory than the settings that it is tried beside."""
    check_alike(base, trial)
    check_equal("memory", base.memory, trial.memory)
    check_equal("policy.half_life", base.policy.half_life, trial.policy.half_life)
    if trial.canary.file:
        msg = f"canary.file: a trial has no trial of its own, saw {trial.canary.file!r}"
        raise ValueError(msg)


def check_equal(name: str, one: object, other: object) -> None:
    """Refuse two values that differ."""
    if one != other:
        msg = f"{name}: one reading serves both settings, so it must be equal: {one}, {other}"
        raise ValueError(msg)
