"""Check contract: the part of the OpenAPI document that proxies read."""

from __future__ import annotations

from typing import Any

TEXT = {"text/plain": {"schema": {"type": "string"}}}
SAID = {
    "X-Hedgerow-Action": "What is done: pass, degrade, throttle, challenge or block.",
    "X-Hedgerow-Reference": "What to name in an appeal, where appeals are taken.",
    "X-Hedgerow-Unknown": "Why nothing is known: key, list or address; the visitor passes.",
}
HEADERS = {
    name: {"description": about, "schema": {"type": "string"}} for name, about in SAID.items()
}
METHODS = ("get", "post")  # any other is answered alike: proxies pass on the visit's
VISITED = {
    "name": "visited",
    "in": "path",
    "required": True,
    "description": "What the visitor asks for; nobody looks at it.",
    "schema": {"type": "string", "pattern": "^[a-z0-9]+$"},
}


def checked(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe the path."""
    answers = {
        "200": {"description": "It may.", "headers": HEADERS, "content": TEXT},
        "403": {"description": "It is refused.", "headers": HEADERS, "content": TEXT},
    }
    said = {
        "summary": "Say whether a visitor may pass, for auth_request, forward_auth, ext_authz.",
        "parameters": parameters,
    }
    return {method: {**said, "responses": dict(answers)} for method in METHODS}


CHECKING = {"/check": checked([]), "/check/{visited}": checked([VISITED])}
