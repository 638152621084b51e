r"""nginx's `log_format … escape=json`: one flat object a line, named after nginx's variables.

Bytes from 0x80 on are logged as they came, so a line need not be UTF-8; `msec` is more exact than
`time_iso8601` and is taken where both are logged. `"$request"` may stand for its three parts.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

SAMPLES = (
    Sample(
        line=rb'{"time":"2026-11-23T22:24:26+00:00","msec":"1795472666.934",'
        rb'"remote_addr":"192.0.2.7","x_forwarded_for":"203.0.113.9, 198.51.100.2",'
        rb'"remote_user":"ann","request_method":"GET","host":"photos.example",'
        rb'"uri":"/i/large/7.jpg","request_uri":"/i/large/7.jpg?w=9","args":"w=9","status":200,'
        rb'"body_bytes_sent":2048,"request_time":0.000,"upstream_response_time":"",'
        rb'"http_referer":"https://photos.example/p/7","sent_content_type":"image/jpeg",'
        rb'"http_user_agent":"Mozilla/5.0 (X11; \"Linux\")","cookie_session":"abc"}',
        at=1_795_472_666_934,
        method=Method.GET,
        status=200,
        size=2048,
        texts={
            Field.TARGET: b"/i/large/7.jpg?w=9",
            Field.REFERER: b"https://photos.example/p/7",
            Field.AGENT: b'Mozilla/5.0 (X11; "Linux")',
            Field.HOST: b"photos.example",
            Field.CLIENT: b"192.0.2.7",
            Field.FORWARDED: b"203.0.113.9, 198.51.100.2",
            Field.SESSION: b"abc",
            Field.ACCOUNT: b"ann",
            Field.TYPE: b"image/jpeg",
        },
    ),
    Sample(
        line=b'{"time_local":"23/Nov/2026:22:24:26 +0100","remote_addr":"2001:db8::7",'
        b'"request":"HEAD /i/7.jpg HTTP/2.0","status":"304","body_bytes_sent":"0",'
        b'"http_referer":"-","http_user_agent":"odd \xff\xfe agent","remote_user":""}',
        at=1_795_469_066_000,
        method=Method.HEAD,
        status=304,
        size=0,
        texts={
            Field.TARGET: b"/i/7.jpg",
            Field.AGENT: b"odd \xff\xfe agent",
            Field.CLIENT: b"2001:db8::7",
        },
    ),
)
