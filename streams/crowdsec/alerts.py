"""Alerts: decisions as a CrowdSec wants to be told them, and as it tells them back."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from enforcement.moments import moment
from streams.crowdsec.asked import ORIGIN, scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from streams.crowdsec.remedy import Remedy

# Decisions in an alert. CrowdSec keeps 5,000 alerts and then drops the oldest with what they
# decided, so a list of 100,000 cannot be an alert each; and one of many is seven times as quick.
MANY = 1000
UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}
PARTS = re.compile(r"([\d.]+)(h|ms|m|s|µs|ns)")


def alerts(remedies: Sequence[Remedy], now: float) -> Iterator[dict[str, Any]]:
    """Write decisions, many in an alert; what has less than a second left is left out."""
    for kind in dict.fromkeys(remedy.kind for remedy in remedies):
        told = [r for r in remedies if r.kind == kind and r.end - now >= 1]
        for start in range(0, len(told), MANY):
            yield alert(told[start : start + MANY], now)


def alert(remedies: Sequence[Remedy], now: float) -> dict[str, Any]:
    """Write one alert. Durations count from `stop_at`, and not from when it is handed in."""
    at, why = moment(math.floor(now)), scenario(remedies[0])
    return {
        "scenario": why,
        "scenario_hash": "",
        "scenario_version": "",
        "message": f"{why}: {len(remedies)} decided",
        "events_count": len(remedies),
        "events": [],
        "start_at": at,
        "stop_at": at,
        "capacity": 0,
        "leakspeed": "0",
        "simulated": False,
        "remediation": True,
        "source": {"scope": ORIGIN, "value": remedies[0].kind},
        "decisions": [decision(remedy, math.floor(now)) for remedy in remedies],
    }


def decision(remedy: Remedy, now: int) -> dict[str, str]:
    """Write one decision."""
    return {
        "origin": ORIGIN,
        "type": remedy.kind,
        "scope": remedy.scope,
        "value": remedy.value,
        "duration": f"{remedy.end - now}s",
        "scenario": scenario(remedy),
    }


def left(duration: str) -> float:
    """Read what is left, as Go writes it: 1h2m3.5s."""
    return sum(float(number) * UNITS[unit] for number, unit in PARTS.findall(duration))
