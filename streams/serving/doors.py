"""Doors: what right each route asks for; a route that is not listed opens to approvers only."""

from __future__ import annotations

from feeds.roster import FEEDS
from streams.serving.keys import Right

OPEN = frozenset({"/health", "/ready", "/openapi.json", "/appeal"})  # to everybody
EACH = {  # the whole path
    **{f"/{feed.name}": Right.FEEDS for feed in FEEDS},
    "/events": Right.FEEDS,
    "/check": Right.FEEDS,
    "/metrics": Right.METRICS,
    "/audit": Right.AUDIT,
}
WITHIN = {  # this path, and all below it
    "/appeal": Right.FEEDS,
    "/v1": Right.BOUNCER,
    "/taxii2": Right.FEEDS,
    "/misp": Right.FEEDS,
}
UNCOUNTED = frozenset({"/check", "/health"})  # asked for each visit: no limit of requests


def needed(method: str, path: str) -> Right | None:
    """Say what right a request asks for; None: everybody has it."""
    if path in OPEN:
        return None
    if path == "/orders":
        return Right.LOOK if method in {"GET", "HEAD"} else Right.SPARE
    for folder, right in WITHIN.items():
        if path == folder or path.startswith(f"{folder}/"):
            return right
    return EACH.get(path, Right.ACT)
