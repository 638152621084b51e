"""The `combined` of Apache and nginx, which most logs are written in.

Apache writes an identity (RFC 1413) where nginx writes a dash; nobody has one any more.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample
from access.layouts import Layout

LAYOUT = Layout.of(
    "combined",
    '$peer $identity $remote_user [$time_local] "$request" $status $body_bytes_sent'
    ' "$http_referer" "$http_user_agent"',
    '192.0.2.7 - ann [23/Nov/2026:22:24:26 +0100] "GET /i/large/7.jpg HTTP/1.1" 200 2048'
    ' "https://photos.example/p/7" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)"',
)

SAMPLES = (
    Sample(
        line=LAYOUT.example.encode(),
        at=1_795_469_066_000,
        method=Method.GET,
        status=200,
        size=2048,
        texts={
            Field.TARGET: b"/i/large/7.jpg",
            Field.CLIENT: b"192.0.2.7",
            Field.ACCOUNT: b"ann",
            Field.REFERER: b"https://photos.example/p/7",
            Field.AGENT: b"Mozilla/5.0 (X11; Linux x86_64; rv:140.0)",
        },
    ),
)
