"""Moments: event times as decisions write them for programs, whole seconds of UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

WRITTEN = "%Y-%m-%dT%H:%M:%SZ"  # ISO 8601


@lru_cache(1 << 12)  # what is said in one tick is said at one moment
def moment(seconds: int) -> str:
    """Write seconds since 1970 UTC: "2026-11-24T12:00:00Z"."""
    return datetime.fromtimestamp(seconds, UTC).strftime(WRITTEN)


def seconds(moment: str) -> int:
    """Read back what `moment` wrote; ValueError where it is no such time."""
    return int(datetime.strptime(moment, WRITTEN).replace(tzinfo=UTC).timestamp())
