"""Emptied: ask the service whether its list is empty on purpose, and what firewalls acknowledge."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from streams.infrastructure import Service

LOOK = 0.2  # seconds between two questions
ANSWER = 2.0  # seconds in which the service answers


def emptied(service: Service, patience: float) -> list[str]:
    """Say, after so many seconds at most, what does not hold nothing yet, or cannot be known."""
    end = time.monotonic() + patience  # noqa: TID251 - how long a person waits
    while troubles := troubles_of(service):
        if time.monotonic() >= end:  # noqa: TID251 - as above
            return troubles
        time.sleep(LOOK)
    return []


def troubles_of(service: Service) -> list[str]:
    """Look once."""
    host = f"[{service.host}]" if ":" in service.host else service.host
    try:
        halted = asked(f"http://{host}:{service.port}/blocklist.json")[0].get("X-Hedgerow-Halted")
        _, acks = asked(f"http://{host}:{service.port}/v1/acks")
    except (URLError, OSError, ValueError) as error:
        return [f"not acknowledged: the service at {host}:{service.port} says {error}"]
    if not halted:
        return ["not acknowledged: the service does not know of the halt yet"]
    left = [f for f in acks["firewalls"] if f["count"] or f["state"] != "current"]
    if not acks["firewalls"]:
        return ["not acknowledged: no firewall has ever acknowledged anything"]
    return [f"{f['bouncer']} is {f['state']} and holds {f['count']:,}" for f in left]


def asked(url: str) -> tuple[Any, Any]:
    """Get headers and JSON."""
    with urlopen(url, timeout=ANSWER) as answer:  # noqa: S310 - http of our own service
        return answer.headers, json.load(answer)
