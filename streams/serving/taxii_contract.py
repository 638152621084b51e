"""TAXII's part of the OpenAPI document."""

from __future__ import annotations

from typing import Any

from streams.serving.matching import KNOWN
from streams.serving.shelves import COLLECTIONS
from streams.serving.taxii import MEDIA, PLACE, ROOT

ABOUT = {  # path → what is answered there
    "/taxii2/": "TAXII 2.1: discovery.",
    ROOT: "TAXII 2.1: the API root.",
    f"{ROOT}collections/": "TAXII 2.1: the collections, one for each action.",
    PLACE: "TAXII 2.1: one collection.",
    f"{PLACE}objects/": "TAXII 2.1: STIX indicators, revoked ones included.",
    f"{PLACE}manifest/": "TAXII 2.1: ids and versions of the indicators.",
}
CONTENT = {MEDIA.partition(";")[0]: {"schema": {"type": "object"}}}
COLLECTION = {
    "name": "collection",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": list(COLLECTIONS)},
}


def taxii_paths(unknown: dict[str, Any]) -> dict[str, Any]:
    """Describe every path; *unknown* is the answer while nobody knows what is in force."""
    return {path: {"get": described(path, about, unknown)} for path, about in ABOUT.items()}


def described(path: str, about: str, unknown: dict[str, Any]) -> dict[str, Any]:
    """Describe one path."""
    asked = [COLLECTION] if "{" in path else []
    wishes = KNOWN if path.endswith(("objects/", "manifest/")) else ()
    return {
        "summary": about,
        "parameters": [*asked, *map(wished, wishes)],
        "responses": {
            "200": {"description": about, "content": CONTENT},
            "400": {"description": "A parameter that cannot be read.", "content": CONTENT},
            "404": {"description": "No such collection.", "content": CONTENT},
            "503": unknown,
        },
    }


def wished(name: str) -> dict[str, Any]:
    """Describe a parameter; TAXII says what it means."""
    return {"name": name, "in": "query", "schema": {"type": "string"}}
