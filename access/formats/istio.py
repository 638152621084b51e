"""Istio's default text format: Envoy's with more fields, the address that connected among them.

Nothing is escaped in it, so the same lines are refused as of Envoy's.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample
from access.layouts import Layout

LAYOUT = Layout.of(
    "istio",
    '[$time_iso8601] "$raw_request" $status $flags $details $termination "$raw" $received'
    ' $bytes_sent $duration $waited "$raw_forwarded" "$raw_agent" "$raw" "$raw_host" "$raw"'
    " $cluster $local $asked $remote_addr $sni $route",
    '[2026-11-23T22:24:26.934Z] "GET /i/large/7.jpg HTTP/2" 206 - via_upstream - "-" 0 2048 4 3'
    ' "203.0.113.9,198.51.100.2" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)"'
    ' "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "photos.example" "192.0.2.80:8080"'
    " outbound|8080||photos.svc 192.0.2.4:39870 192.0.2.4:8443 192.0.2.7:51234"
    " photos.example default",
)

SAMPLES = (
    Sample(
        line=LAYOUT.example.encode(),
        at=1_795_472_666_934,
        method=Method.GET,
        status=206,
        size=2048,
        texts={
            Field.TARGET: b"/i/large/7.jpg",
            Field.CLIENT: b"192.0.2.7:51234",
            Field.FORWARDED: b"203.0.113.9,198.51.100.2",
            Field.AGENT: b"Mozilla/5.0 (X11; Linux x86_64; rv:140.0)",
            Field.HOST: b"photos.example",
        },
    ),
)
