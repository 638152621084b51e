"""Cloudflare Logpush, dataset `http_requests`: only the fields that were asked for.

Times are nanoseconds by default, seconds or RFC 3339 by choice; `RequestHeaders` and `Cookies` are
custom fields.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

_NANOSECONDS = Sample(
    line=b'{"ClientIP":"192.0.2.7","ClientASN":64496,"ClientRequestHost":"photos.example",'
    b'"ClientRequestMethod":"GET","ClientRequestURI":"/i/7.jpg?w=9",'
    b'"ClientRequestPath":"/i/7.jpg","ClientRequestUserAgent":"Mozilla/5.0 (X11)",'
    b'"ClientRequestReferer":"","EdgeResponseStatus":200,"EdgeResponseBytes":2310,'
    b'"EdgeResponseContentType":"image/jpeg","EdgeStartTimestamp":1795472666433000200,'
    b'"RayID":"3a6050bcbe121a87","JA4":"t13d1516h2_8daaf6152771_e5627efa2ab1","BotScore":3,'
    b'"BotTags":["api"],"RequestHeaders":{"x-forwarded-for":"203.0.113.9"},'
    b'"Cookies":{"session":"abc"},"VerifiedBotCategory":""}',
    at=1_795_472_666_433,
    method=Method.GET,
    status=200,
    size=2310,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.AGENT: b"Mozilla/5.0 (X11)",
        Field.HOST: b"photos.example",
        Field.CLIENT: b"192.0.2.7",
        Field.FORWARDED: b"203.0.113.9",
        Field.SESSION: b"abc",
        Field.TYPE: b"image/jpeg",
    },
)
_RFC_3339 = Sample(
    line=b'{"ClientIP":"2001:db8::7","ClientRequestMethod":"GET","ClientRequestPath":"/i/7.jpg",'
    b'"EdgeResponseStatus":403,"EdgeResponseBodyBytes":12,'
    b'"EdgeStartTimestamp":"2026-11-23T22:24:26Z"}',
    at=1_795_472_666_000,
    method=Method.GET,
    status=403,
    size=12,
    texts={Field.TARGET: b"/i/7.jpg", Field.CLIENT: b"2001:db8::7"},
)
SAMPLES = (_NANOSECONDS, _RFC_3339)
