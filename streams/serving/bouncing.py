"""Bouncing: the part of the OpenAPI document that CrowdSec's bouncers read; made for theirs."""

from __future__ import annotations

from typing import Any

JSON = "application/json"
MESSAGE = {JSON: {"schema": {"type": "object", "properties": {"message": {"type": "string"}}}}}
REFUSED = {
    "400": {"description": "A parameter is wrong; the message says which.", "content": MESSAGE},
    "403": {"description": "No such key.", "content": MESSAGE},
    "404": {"description": "Bouncers are not answered: no keys are set.", "content": MESSAGE},
}
UNKNOWN = {
    "503": {
        "description": "What is in force is not known yet; keep what you have.",
        "content": MESSAGE,
    }
}
FILTERS = {
    "scopes": "Ip, Range, session, username; the first two where none is named.",
    "type": "ban, captcha, throttle, degrade; those of the settings where none is named.",
    "origins": "All is of origin hedgerow.",
    "scenarios_containing": "Part of hedgerow/ban and the like.",
    "scenarios_not_containing": "The same, for what is left out.",
}
ABOUT = {
    "ip": "An address; ranges around it count.",
    "range": "A range; ranges around it count.",
    "contains": "false: what lies in it counts instead.",
    "scope": "As scopes.",
    "value": "Exactly this.",
}
STARTUP = {"startup": "true: all, for who has nothing. Else what has changed since you were told."}
DECISION = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        **{
            name: {"type": "string"}
            for name in ("duration", "origin", "scenario", "scope", "type", "value")
        },
    },
}
DECISIONS = {"type": ["array", "null"], "items": DECISION}
STREAM = {"type": "object", "properties": {"new": DECISIONS, "deleted": DECISIONS}}


def read(about: str, schema: dict[str, Any], parameters: dict[str, str]) -> dict[str, Any]:
    """Describe something that bouncers read."""
    body = {"description": about, "content": {JSON: {"schema": schema}}}
    return {"summary": about, "parameters": asked(parameters), "responses": answers("200", body)}


def answers(status: str, body: dict[str, Any]) -> dict[str, Any]:
    """Describe an answer, and those that say no."""
    return {status: body, **REFUSED, **UNKNOWN}


def asked(parameters: dict[str, str]) -> list[dict[str, Any]]:
    """Describe parameters, and the header that holds the key."""
    text = {"type": "string"}
    query = [
        {"name": name, "in": "query", "description": about, "schema": text}
        for name, about in parameters.items()
    ]
    return [
        *query,
        {"name": "X-Api-Key", "in": "header", "description": "A bouncer's key.", "schema": text},
    ]


BOUNCING: dict[str, Any] = {
    "/v1/decisions": {
        "get": read("As CrowdSec's: what is in force.", DECISIONS, {**ABOUT, **FILTERS})
    },
    "/v1/decisions/stream": {
        "get": read("As CrowdSec's: what has changed.", STREAM, {**STARTUP, **FILTERS})
    },
    "/v1/usage-metrics": {
        "post": {
            "summary": "As CrowdSec's: what a bouncer did. Nothing of it is kept.",
            "parameters": asked({}),
            "requestBody": {"content": {JSON: {"schema": {"type": "object"}}}},
            "responses": {
                **answers("201", {"description": "Taken.", "content": {JSON: {"schema": {}}}}),
                "413": {"description": "Too long.", "content": MESSAGE},
            },
        }
    },
}
