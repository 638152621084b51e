"""Traefik's `common` log: `combined`, then a count, the router, the server and how long it took."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

NAME = "traefik_clf"

SAMPLES = (
    Sample(
        line=b'192.0.2.7 - - [23/Nov/2026:22:24:26 +0000] "GET /i/large/7.jpg HTTP/2.0" 200 2048'
        b' "-" "curl/8" 17 "photos@file" "http://198.51.100.80:8080" 4ms',
        at=1_795_472_666_000,
        method=Method.GET,
        status=200,
        size=2048,
        texts={
            Field.TARGET: b"/i/large/7.jpg",
            Field.CLIENT: b"192.0.2.7",
            Field.AGENT: b"curl/8",
        },
    ),
)
