"""Appeal contract: what the OpenAPI document says of appeals."""

from __future__ import annotations

from typing import Any

TEXT = {"text/plain": {"schema": {"type": "string"}}}
MEDIA = ("application/json", "application/x-www-form-urlencoded")

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
                    for media in MEDIA
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
