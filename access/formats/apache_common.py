"""Apache's `common`: no Referer and no user agent, so half of what tells people from machines."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample
from access.layouts import Layout

LAYOUT = Layout.of(
    "apache_common",
    '$peer $identity $remote_user [$time_local] "$request" $status $body_bytes_sent',
    '192.0.2.7 - ann [23/Nov/2026:22:24:26 +0100] "GET /i/large/7.jpg HTTP/1.1" 200 2048',
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
        },
    ),
)
