"""Contract: the OpenAPI document of `hedgerow serve`, made from the closed list of feeds."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import msgspec

from feeds.entries import Whole
from feeds.feed import Feed  # noqa: TC001 - as the others here
from feeds.roster import FEEDS

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
    "X-Hedgerow-Count": "How many CIDRs are refused.",
    "X-Hedgerow-Set": "Name of their set, equal for equal sets.",
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


APPEALS: dict[str, Any] = {
    "/appeal": {
        "post": {
            "summary": "Appeal against a decision, by the reference that a block page shows.",
            "requestBody": {
                "content": {
                    media: {
                        "schema": {
                            "type": "object",
                            "required": ["reference", "text"],
                            "properties": {n: {"type": "string"} for n in ("reference", "text")},
                        }
                    }
                    for media in (JSON, "application/x-www-form-urlencoded")
                }
            },
            "responses": {
                "202": {"description": "A person reads it.", "content": TEXT},
                "400": {"description": "Reference or text is missing.", "content": TEXT},
                "404": {"description": "Not in force, or no appeals are taken.", "content": TEXT},
                "429": {"description": "Too many, or a second about the same.", "content": TEXT},
                "503": {"description": "It could not be kept; try again.", "content": TEXT},
            },
        }
    },
    "/appeal/{target}": {
        "get": {
            "summary": "For block pages: the reference of what is in force about a target.",
            "parameters": [
                {"name": "target", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "responses": {
                "200": {"description": "The reference.", "content": TEXT},
                "404": {"description": "Nothing is in force.", "content": TEXT},
            },
        }
    },
}


def contract() -> dict[str, Any]:
    """Describe every path, in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hedgerow",
            "version": version("hedgerow"),
            "description": "Who is refused, and what else is in force.",
        },
        "paths": {
            **{f"/{feed.name}": {"get": described(feed)} for feed in FEEDS},
            "/events": {"get": streamed()},
            "/health": {"get": plain("The program runs.")},
            "/ready": {"get": plain("What is in force is known.", {"503": UNKNOWN})},
            "/metrics": {"get": plain("For Prometheus.")},
            "/openapi.json": {"get": json("This document.")},
            **APPEALS,
        },
        "components": {"schemas": schemas()},
    }


def described(feed: Feed) -> dict[str, Any]:
    """Describe a feed."""
    media = feed.media.partition(";")[0]
    schema = {"$ref": "#/components/schemas/Whole"} if media == JSON else {"type": "string"}
    headers = {name: header(about) for name, about in HEADERS.items()}
    return {
        "summary": feed.about,
        "parameters": [asked(name, about) for name, about in ASKED.items()],
        "responses": {
            "200": {
                "description": "All of it.",
                "headers": headers,
                "content": {media: {"schema": schema}},
            },
            "304": {"description": "You have it.", "headers": headers},
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


def header(about: str) -> dict[str, Any]:
    """Describe a header that we send."""
    return {"description": about, "schema": {"type": "string"}}


def schemas() -> dict[str, Any]:
    """Describe what JSON holds."""
    _, components = msgspec.json.schema_components(
        [Whole], ref_template="#/components/schemas/{name}"
    )
    return components
