"""Apache's `vhost_combined`: `combined` with the virtual host and its port in front."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample
from access.layouts import Layout

LAYOUT = Layout.of(
    "vhost_combined",
    "$server_name:$server_port $remote_addr $identity $remote_user [$time_local]"
    ' "$request" $status $bytes_sent "$http_referer" "$http_user_agent"',
    "photos.example:443 2001:db8::7 - ann [23/Nov/2026:22:24:26 +0100]"
    ' "POST /i/large/7.jpg HTTP/1.1" 403 -'
    ' "https://photos.example/p/7" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)"',
)

SAMPLES = (
    Sample(
        line=LAYOUT.example.encode(),
        at=1_795_469_066_000,
        method=Method.POST,
        status=403,
        size=-1,
        texts={
            Field.TARGET: b"/i/large/7.jpg",
            Field.CLIENT: b"2001:db8::7",
            Field.ACCOUNT: b"ann",
            Field.REFERER: b"https://photos.example/p/7",
            Field.AGENT: b"Mozilla/5.0 (X11; Linux x86_64; rv:140.0)",
            Field.HOST: b"photos.example",
        },
    ),
)
