"""HAProxy's `option httplog` that captures no header: no Referer and no user agent.

Its time names no zone and is taken for UTC: run HAProxy with TZ=UTC, or declare a format with %trg.
It cuts lines at 1,024 bytes unless told otherwise (`log … len 8192`), which makes them rejects.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample
from access.layouts import Layout

LAYOUT = Layout.of(
    "haproxy_plain",
    "$remote_addr:$peer_port [$haproxy_time] $frontend $backend $timers $status $bytes_sent"
    ' $sent_cookie $set_cookie $termination $connections $queues "$request"',
    "2001:db8::7:44662 [23/Nov/2026:22:24:26.934] https~ photos/s1 0/0/0/3/4 200 2251"
    ' - - ---- 1/1/0/0/0 0/0 "GET /i/large/7.jpg HTTP/1.1"',
)

SAMPLES = (
    Sample(
        line=LAYOUT.example.encode(),
        at=1_795_472_666_934,
        method=Method.GET,
        status=200,
        size=2251,
        texts={Field.TARGET: b"/i/large/7.jpg", Field.CLIENT: b"2001:db8::7"},
    ),
    Sample(
        line=b"192.0.2.7:44662 [23/Nov/2026:22:24:26.934] fe fe/<NOSRV> -1/-1/-1/-1/9 -1 0"
        b' - - CR-- 1/1/0/0/0 0/0 "<BADREQ>"',
        at=1_795_472_666_934,
        method=Method.OTHER,
        status=0,
        size=0,
        texts={Field.TARGET: b"<BADREQ>", Field.CLIENT: b"192.0.2.7"},
    ),
)
