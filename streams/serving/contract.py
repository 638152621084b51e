"""Contract: the OpenAPI document of `hedgerow serve`, made from the closed list of feeds."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import msgspec

from feeds.entries import ENTRIES, Whole
from feeds.feed import Feed  # noqa: TC001 - as the others here
from feeds.roster import FEEDS
from feeds.wish import KNOWN, MOST, TRUE, WORDS
from streams.serving.acks import Acked
from streams.serving.appeal_contract import APPEALS
from streams.serving.bouncing import BOUNCING
from streams.serving.check_contract import CHECKING
from streams.serving.promised import SCHEMES, TEMPLATE, guarded, people
from streams.serving.spoken import SPOKEN
from streams.serving.taxii_contract import taxii_paths

JSON = "application/json"
TEXT = {"text/plain": {"schema": {"type": "string"}}}
UNKNOWN = {
    "description": "What is in force is not known yet; keep what you have.",
    "headers": {"Retry-After": {"schema": {"type": "integer"}}},
    "content": TEXT,
}
HEADERS = {
    "ETag": "Strong; equal for equal bytes.",
    "Last-Modified": "When a byte last changed.",
    "X-Hedgerow-Count": "How many CIDRs are told; where all is told, how many are refused.",
    "X-Hedgerow-Set": "Name of their set, equal for equal sets.",
    "X-Hedgerow-Left-Out": "Only where some did not fit into what was asked for: how many.",
    "X-Hedgerow-Halted": "Only while a person has emptied the list: the id of that order.",
    "X-Hedgerow-Stale": "Only while the broker is away: seconds since all was known.",
}
ASKED = {
    "If-None-Match": "The ETag of what you have.",
    "If-Modified-Since": "The Last-Modified of what you have.",
}
STREAM = (
    "Server-sent events: `snapshot` (as /blocklist.json), then `add` (one of its entries, also in "
    "place of a former one) and `remove` (target and scope)."
)


def contract() -> dict[str, Any]:
    """Describe every path, in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hedgerow",
            "version": version("hedgerow"),
            "description": "Who is refused, and what else is in force.",
        },
        "paths": guarded(paths()),
        "components": {"schemas": schemas(), "securitySchemes": SCHEMES},
    }


def paths() -> dict[str, Any]:
    """Describe what is answered to whoever may ask."""
    return {
        **{f"/{feed.name}": {"get": described(feed)} for feed in FEEDS},
        **taxii_paths(UNKNOWN),
        "/events": {"get": streamed()},
        **BOUNCING,
        **CHECKING,
        "/v1/acks": {"get": json("What each firewall says it holds."), "post": acked()},
        "/health": {"get": plain("The program runs.")},
        "/ready": {"get": plain("What is in force is known.", {"503": UNKNOWN})},
        "/metrics": {"get": plain("For Prometheus.")},
        "/openapi.json": {"get": json("This document.")},
        **APPEALS,
        **people(),
    }


def described(feed: Feed) -> dict[str, Any]:
    """Describe a feed."""
    media = feed.media.partition(";")[0]
    text = {"type": "object"} if media.endswith("json") else {"type": "string"}
    whole = feed.name == ENTRIES.name
    schema = {"$ref": "#/components/schemas/Whole"} if whole else text
    headers = {name: header(about) for name, about in HEADERS.items()}
    return {
        "summary": feed.about,
        "parameters": [
            *map(wished, feed.takes),
            *(asked(name, about) for name, about in ASKED.items()),
        ],
        "responses": {
            "200": {
                "description": "All of it, or what was asked for.",
                "headers": headers,
                "content": {media: {"schema": schema}},
            },
            "304": {"description": "You have it.", "headers": headers},
            "400": {"description": "A parameter that cannot be read.", "content": TEXT},
            "503": UNKNOWN,
        },
    }


def streamed() -> dict[str, Any]:
    """Describe the stream of events."""
    content = {"text/event-stream": {"schema": {"type": "string"}}}
    return {
        "summary": STREAM,
        "parameters": [asked("Last-Event-ID", "Id of the last event you had.")],
        "responses": {
            "200": {"description": "Events, until you go.", "content": content},
            "503": UNKNOWN,
        },
    }


def acked() -> dict[str, Any]:
    """Describe how a firewall says what it holds."""
    schema = {"$ref": "#/components/schemas/Acked"}
    return {
        "summary": "Say which set a firewall holds.",
        "requestBody": {"required": True, "content": {JSON: {"schema": schema}}},
        "responses": {
            "204": {"description": "Taken."},
            "400": {"description": "No acknowledgement.", "content": TEXT},
            "429": {"description": "Too many firewalls.", "content": TEXT},
        },
    }


def plain(about: str, others: dict[str, Any] | None = None) -> dict[str, Any]:
    """Describe an answer in words."""
    return {
        "summary": about,
        "responses": {"200": {"description": about, "content": TEXT}, **(others or {})},
    }


def json(about: str) -> dict[str, Any]:
    """Describe an answer that is any object."""
    content = {JSON: {"schema": {"type": "object"}}}
    return {"summary": about, "responses": {"200": {"description": about, "content": content}}}


def asked(name: str, about: str) -> dict[str, Any]:
    """Describe a header that a client may send."""
    return {"name": name, "in": "header", "description": about, "schema": {"type": "string"}}


def wished(name: str) -> dict[str, Any]:
    """Describe a parameter that narrows a feed."""
    kinds: dict[str, dict[str, Any]] = {
        "action": {"type": "string", "enum": list(WORDS)},
        "most": {"type": "integer", "minimum": 1, "maximum": MOST},
    }
    schema = kinds.get(name, {"type": "string", "enum": sorted(TRUE)})
    told = {"name": name, "in": "query", "description": KNOWN[name], "schema": schema}
    return told if name in kinds else {**told, "allowEmptyValue": True}


def header(about: str) -> dict[str, Any]:
    """Describe a header that we send."""
    return {"description": about, "schema": {"type": "string"}}


def schemas() -> dict[str, Any]:
    """Describe what JSON holds."""
    _, components = msgspec.json.schema_components([Whole, Acked, *SPOKEN], ref_template=TEMPLATE)
    return components
