"""Emptied: ask the service whether its list is empty on purpose, and what firewalls acknowledge."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from streams.bouncing.asking import TROUBLES, Place

if TYPE_CHECKING:
    from streams.bouncing.knobs import Bouncer
    from streams.infrastructure import Service

LOOK = 0.2  # seconds between two questions
ANSWER = 2.0  # seconds in which the service answers


def emptied(service: Service, knobs: Bouncer, patience: float) -> list[str]:
    """Say, after so many seconds at most, what does not hold nothing yet, or cannot be known.

    The service is asked as a bouncer asks it: with the key that *knobs* name, if they do.
    """
    end = time.monotonic() + patience  # noqa: TID251 - how long a person waits
    while troubles := troubles_of(service, knobs):
        if time.monotonic() >= end:  # noqa: TID251 - as above
            return troubles
        time.sleep(LOOK)
    return []


def troubles_of(service: Service, knobs: Bouncer) -> list[str]:
    """Look once."""
    url = url_of(service)
    try:
        place = Place.of(url, knobs)
        halted = asked(place, "/blocklist.json")[0].get("X-Hedgerow-Halted")
        _, acks = asked(place, "/v1/acks")
    except TROUBLES as error:
        return [f"not acknowledged: the service at {url} says {error}"]
    if not halted:
        return ["not acknowledged: the service does not know of the halt yet"]
    left = [f for f in acks["firewalls"] if f["count"] or f["state"] != "current"]
    if not acks["firewalls"]:
        return ["not acknowledged: no firewall has ever acknowledged anything"]
    return [f"{f['bouncer']} is {f['state']} and holds {f['count']:,}" for f in left]


def url_of(service: Service) -> str:
    """Say where the service of these settings is asked."""
    kind = "https" if service.certificate_file else "http"
    host = f"[{service.host}]" if ":" in service.host else service.host
    return f"{kind}://{host}:{service.port}"


def asked(place: Place, path: str) -> tuple[Any, Any]:
    """Get headers and JSON; OSError where it answers anything else."""
    line = place.line(ANSWER)
    try:
        line.request("GET", path, headers=place.headers())
        answer = line.getresponse()
        if answer.status != 200:
            msg = f"{answer.status} {answer.reason} to {path}"
            raise OSError(msg)
        return answer.headers, json.loads(answer.read())
    finally:
        line.close()
