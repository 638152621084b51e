"""Doors: what right each route asks for; a route that is not listed opens to approvers only."""

from __future__ import annotations

from feeds.roster import FEEDS
from streams.serving.keys import Right

OPEN = frozenset({"/health", "/ready", "/openapi.json", "/appeal", "/check"})  # to everybody
EACH = {  # the whole path
    **{f"/{feed.name}": Right.FEEDS for feed in FEEDS},
    "/events": Right.FEEDS,
    "/metrics": Right.METRICS,
    "/audit": Right.AUDIT,
}
WITHIN = {  # this path, and all below it
    "/appeal": Right.FEEDS,
    "/v1": Right.BOUNCER,
    "/taxii2": Right.FEEDS,
    "/misp": Right.FEEDS,
}
CHECK = "/check"  # and all below it; who shows no key there is told nothing, and lets pass


def needed(method: str, path: str) -> Right | None:
    """Say what right a request asks for; None: everybody has it."""
    if path in OPEN or path.startswith(f"{CHECK}/"):
        return None
    if path == "/orders":
        return Right.LOOK if method in {"GET", "HEAD"} else Right.SPARE
    for folder, right in WITHIN.items():
        if path == folder or path.startswith(f"{folder}/"):
            return right
    return EACH.get(path, Right.ACT)


def counted(path: str) -> bool:
    """Tell whether requests are limited; those that come for each visit are not."""
    return path not in {CHECK, "/health"} and not path.startswith(f"{CHECK}/")
