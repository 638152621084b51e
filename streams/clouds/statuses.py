"""Statuses: what an HTTP status of a cloud means to whoever has to do something about it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from streams.bouncing.target import Refused
from streams.clouds.exact import starred

if TYPE_CHECKING:
    from collections.abc import Mapping

CLOCK = time.time  # noqa: TID251 - a limit is told by the time at which it ends
MEANT = {
    400: "it cannot take that",
    401: "the token is refused",
    403: "the token may not do that",
    404: "there is no such list",
    409: "something else is changing it",
    429: "too many requests, or another change is pending",
}
WAITS = ("retry-after", "fastly-ratelimit-reset")  # seconds; seconds since 1970
MOST = 3600.0  # seconds; a limit is told anew each hour at least


def refused(what: str, status: int, headers: Mapping[str, str] | None, told: str) -> Refused:
    """Say what a status means, with what the cloud told and for how long to wait."""
    meant = MEANT.get(status, "the cloud is in trouble" if status >= 500 else "unexpected")
    msg = f"{what}: HTTP {status}: {meant}" + (f" ({starred(told)})" if told else "")
    return Refused(msg, waiting(headers or {}) if status in {409, 429, 503} else 0.0)


def waiting(headers: Mapping[str, str]) -> float:
    """Read for how many seconds one is told to wait; 0 where nothing, or nonsense, is said."""
    lower = {name.lower(): value for name, value in headers.items()}
    after, until = (number(lower.get(name, "")) for name in WAITS)
    return min(after or max(until - CLOCK(), 0.0), MOST)


def number(text: str) -> float:
    """Read a whole number; 0 where it is none."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0.0
