"""Spoken: decisions as CrowdSec writes them, in JSON."""

from __future__ import annotations

import math
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from streams.crowdsec.asked import ORIGIN, scenario

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.crowdsec.remedy import Remedy
    from streams.crowdsec.turns import Delta

OVER = "-1s"  # what is left of what was taken back


class Said(msgspec.Struct, frozen=True):
    """A decision; CrowdSec's keys."""

    duration: str  # as Go reads it; whole seconds, or bouncers of nginx ban for ever
    id: int
    origin: str
    scenario: str
    scope: str
    type: str
    value: str


class Stream(msgspec.Struct, frozen=True):
    """What has changed; null where nothing has."""

    deleted: list[Said] | None
    new: list[Said] | None


def said(remedy: Remedy, left: str) -> Said:
    """Write a decision with the time that is left of it."""
    return Said(
        left, number(remedy), ORIGIN, scenario(remedy), remedy.scope, remedy.kind, remedy.value
    )


def number(remedy: Remedy) -> int:
    """Give a decision a number, the same in every run; 48 bits, for Lua and JavaScript have 53."""
    text = f"{remedy.name} {remedy.kind} {remedy.end}".encode()
    return int.from_bytes(blake2b(text, digest_size=6).digest())


def listed(remedies: Iterable[Remedy], now: float) -> list[Said] | None:
    """Write what is in force for at least a second; null where nothing is."""
    left = ((remedy, math.floor(remedy.end - now)) for remedy in remedies)
    return [said(remedy, f"{seconds}s") for remedy, seconds in left if seconds >= 1] or None


def spoken(delta: Delta, now: float) -> bytes:
    """Write what has changed."""
    deleted = [said(remedy, OVER) for remedy in delta.deleted]
    return msgspec.json.encode(Stream(deleted or None, listed(delta.new, now)))
