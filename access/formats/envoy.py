"""Envoy's default text format.

It names no client but in X-Forwarded-For, to which Envoy (`use_remote_address`) appends who
connected: so the last address of that list is the client, and the list is what it was sent.
Nothing is escaped in this format. A line in which a visitor wrote a quote and a space is refused,
for anything in it may be the visitor's; who wants to read those too logs JSON.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample
from access.layouts import Layout

LAYOUT = Layout.of(
    "envoy",
    '[$time_iso8601] "$raw_request" $status $flags $received $bytes_sent $duration $waited'
    ' "$hops" "$raw_agent" "$raw" "$raw_host" "$raw"',
    '[2026-11-23T22:24:26.934Z] "GET /i/large/7.jpg?w=9 HTTP/2" 200 - 0 2048 4 3'
    ' "198.51.100.2,203.0.113.9" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)"'
    ' "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "photos.example" "192.0.2.80:8080"',
)

_ABORTED = (
    b'[2026-11-23T22:24:26.934Z] "POST /i/7.jpg HTTP/1.1" 0 DC 12 0 9 -'
    b' "2001:db8::7" "say \\"hi\\" C:\\" "-" "photos.example" "-"'
)

SAMPLES = (
    Sample(
        line=LAYOUT.example.encode(),
        at=1_795_472_666_934,
        method=Method.GET,
        status=200,
        size=2048,
        texts={
            Field.TARGET: b"/i/large/7.jpg?w=9",
            Field.CLIENT: b"203.0.113.9",
            Field.FORWARDED: b"198.51.100.2,203.0.113.9",
            Field.AGENT: b"Mozilla/5.0 (X11; Linux x86_64; rv:140.0)",
            Field.HOST: b"photos.example",
        },
    ),
    Sample(
        line=_ABORTED,
        at=1_795_472_666_934,
        method=Method.POST,
        status=0,
        size=0,
        texts={
            Field.TARGET: b"/i/7.jpg",
            Field.CLIENT: b"2001:db8::7",
            Field.FORWARDED: b"2001:db8::7",
            Field.AGENT: b'say \\"hi\\" C:\\',
            Field.HOST: b"photos.example",
        },
    ),
)
