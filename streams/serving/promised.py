"""Promised: what people's routes take and answer, and who is refused where, as OpenAPI says it."""

from __future__ import annotations

from typing import Any

from streams.serving.bouncing import REFUSED
from streams.serving.doors import needed

JSON = "application/json"
TEMPLATE = "#/components/schemas/{name}"
SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic", "description": "The key as password."},
}
SEARCH = ("by", "target", "what", "since")


def answer(about: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """Describe an answer in JSON; without a schema it says what is wrong."""
    wrong = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
    return {"description": about, "content": {JSON: {"schema": schema or wrong}}}


def refusals(method: str, path: str) -> dict[str, Any]:
    """Describe how the gate refuses."""
    often = answer("Too many requests; see Retry-After.")
    if needed(method, path) is None:
        return {"429": often}
    if path.startswith("/v1/"):  # what bouncers of CrowdSec know
        return {"403": REFUSED["403"], "429": often}
    return {
        "401": answer("No key that is known was shown."),
        "403": answer("The role of the key may not do this."),
        "429": often,
    }


def guarded(paths: dict[str, Any]) -> dict[str, Any]:
    """Say at each path that asks for a right how one is refused, and by what one is known."""
    for path, item in paths.items():
        for method, operation in item.items():
            if needed(method.upper(), path) is not None:
                operation["security"] = [{name: []} for name in SCHEMES]
            for status, refusal in refusals(method.upper(), path).items():
                known = operation["responses"].setdefault(status, refusal)
                known["content"] = {**known.get("content", {}), **refusal["content"]}
    return paths


def people() -> dict[str, Any]:
    """Describe the routes of orders, and of the audit log."""
    given = {"201": answer("It is handed over.", schema_of("Given"))}
    waits = {"202": answer("It waits for a second person.", schema_of("Given"))}
    failed = {"400": answer("It makes no sense; it says why."), "503": answer("No broker took it.")}
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    search = [{"name": n, "in": "query", "schema": {"type": "string"}} for n in SEARCH]
    return {
        "/orders": {
            "get": {
                "summary": "What people ordered, and what waits for a second person.",
                "responses": {"200": answer("All.", schema_of("Listed")), "503": failed["503"]},
            },
            "post": {
                "summary": "Give an order.",
                "requestBody": body("Asked"),
                "responses": {**given, **waits, **failed},
            },
        },
        "/orders/{name}/approval": {
            "post": {
                "summary": "Be the second person of an order.",
                "parameters": [name],
                "requestBody": body("Agreed"),
                "responses": {**given, **failed, "404": answer("No such order waits.")},
            },
        },
        "/audit": {
            "get": {
                "summary": "Who did what, and why.",
                "parameters": search,
                "responses": {"200": answer("Acts.", schema_of("Audited")), "503": failed["503"]},
            },
        },
    }


def schema_of(name: str) -> dict[str, Any]:
    """Point at a schema."""
    return {"$ref": TEMPLATE.format(name=name)}


def body(name: str) -> dict[str, Any]:
    """Describe what is sent."""
    return {"required": True, "content": {JSON: {"schema": schema_of(name)}}}
