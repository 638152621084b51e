"""The access log of AWS's Application Load Balancer, its fields behind the user agent read over."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample
from access.layouts import Layout

LAYOUT = Layout.of(
    "aws_alb",
    "$type $time_iso8601 $elb $remote_addr:$peer_port $target $waited $worked $answered $status"
    ' $target_status $received $bytes_sent "$request" "$http_user_agent"',
    "h2 2026-11-23T22:24:26.934641Z app/photos/50dc6c495c0c9188 192.0.2.7:2817 198.51.100.80:80"
    ' 0.000 0.001 0.000 200 200 34 366 "GET https://photos.example:443/i/large/7.jpg HTTP/2.0"'
    ' "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)"',
)

_TIMED_OUT = (
    b"https 2026-11-23T22:24:26.934641Z app/photos/50dc6c495c0c9188 [2001:db8::7]:2817 -"
    b' -1 -1 -1 460 - 34 0 "POST https://photos.example:443/ HTTP/1.1" "-" ECDHE-RSA TLSv1.2'
    b' arn:aws:x "Root=1-58337364" "photos.example" "-" 0 2026-11-23T22:24:26.364000Z "forward"'
)

SAMPLES = (
    Sample(
        line=LAYOUT.example.encode(),
        at=1_795_472_666_934,
        method=Method.GET,
        status=200,
        size=366,
        texts={
            Field.TARGET: b"/i/large/7.jpg",
            Field.CLIENT: b"192.0.2.7",
            Field.AGENT: b"Mozilla/5.0 (X11; Linux x86_64; rv:140.0)",
            Field.HOST: b"photos.example:443",
        },
    ),
    Sample(
        line=_TIMED_OUT,
        at=1_795_472_666_934,
        method=Method.POST,
        status=460,
        size=0,
        texts={
            Field.TARGET: b"/",
            Field.CLIENT: b"[2001:db8::7]",
            Field.HOST: b"photos.example:443",
        },
    ),
)
