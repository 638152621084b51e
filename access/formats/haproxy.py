"""HAProxy's `option httplog` with two captures, `http-request capture` of User-Agent, then Referer.

Nothing in a line says what was captured. Who captures something else declares a format with
`$captured_agent`, `$captured_referer`, `$captured_host`, `$captured_forwarded` and `$captured`, as
below. Captures escape as #XX, which is undone. Time and length: see `haproxy_plain`.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample
from access.layouts import Layout

LAYOUT = Layout.of(
    "haproxy",
    "$remote_addr:$peer_port [$haproxy_time] $frontend $backend $timers $status $bytes_sent"
    " $sent_cookie $set_cookie $termination $connections $queues"
    ' {$captured_agent|$captured_referer} "$request"',
    "192.0.2.7:44662 [23/Nov/2026:22:24:26.934] https~ photos/s1 0/0/0/3/4 403 2251"
    " - - ---- 1/1/0/0/0 0/0 {Mozilla/5.0 #22X11#22|https://photos.example/p/7}"
    ' "HEAD /i/large/7.jpg?x=1 HTTP/1.1"',
)

SAMPLES = (
    Sample(
        line=LAYOUT.example.encode(),
        at=1_795_472_666_934,
        method=Method.HEAD,
        status=403,
        size=2251,
        texts={
            Field.TARGET: b"/i/large/7.jpg?x=1",
            Field.CLIENT: b"192.0.2.7",
            Field.AGENT: b'Mozilla/5.0 "X11"',
            Field.REFERER: b"https://photos.example/p/7",
        },
    ),
    Sample(
        line=b"192.0.2.7:44662 [23/Nov/2026:22:24:26.000] fe be/s1 0/0/0/0/0 304 0"
        b' - - ---- 1/1/0/0/0 0/0 {|} "GET /i/7.jpg HTTP/1.1"',
        at=1_795_472_666_000,
        method=Method.GET,
        status=304,
        size=0,
        texts={Field.TARGET: b"/i/7.jpg", Field.CLIENT: b"192.0.2.7"},
    ),
)
