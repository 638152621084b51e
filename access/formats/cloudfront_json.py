"""CloudFront's standard logs, version 2, as JSON: the column names of the text log are the keys.

Date and clock are apart and mean UTC, unless `timestamp(ms)` is there; the user agent is %-encoded.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

_STANDARD = Sample(
    line=b'{"date":"2026-11-23","time":"22:24:26","x-edge-location":"LAX1","sc-bytes":"392",'
    b'"c-ip":"192.0.2.7","cs-method":"GET","cs(Host)":"d111.example","cs-uri-stem":"/i/7.jpg",'
    b'"sc-status":"200","cs(Referer)":"-","cs(User-Agent)":"Mozilla/5.0%20(X11)",'
    b'"cs-uri-query":"w=9","cs(Cookie)":"-","x-edge-result-type":"Hit",'
    b'"x-host-header":"photos.example","cs-protocol":"https","cs-bytes":"23","time-taken":"0.001",'
    b'"x-forwarded-for":"-","c-port":"11040","sc-content-type":"image/jpeg"}',
    at=1_795_472_666_000,
    method=Method.GET,
    status=200,
    size=392,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.AGENT: b"Mozilla/5.0 (X11)",
        Field.HOST: b"photos.example",
        Field.CLIENT: b"192.0.2.7",
        Field.TYPE: b"image/jpeg",
    },
)
_MILLISECONDS = Sample(
    line=b'{"timestamp(ms)":"1795472666934","date":"2026-11-23","time":"22:24:26",'
    b'"c-ip":"2001:db8::7","cs-method":"HEAD","cs-uri-stem":"/i/7.jpg","cs-uri-query":"-",'
    b'"sc-status":"304","sc-bytes":"0"}',
    at=1_795_472_666_934,
    method=Method.HEAD,
    status=304,
    size=0,
    texts={Field.TARGET: b"/i/7.jpg", Field.CLIENT: b"2001:db8::7"},
)
SAMPLES = (_STANDARD, _MILLISECONDS)
