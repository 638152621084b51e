"""CloudFront's standard log: columns between tabs, in UTC.

The lines `#Version` and `#Fields` in front are rejects as comments, so that every line is accounted
for. Real-time logs hold the fields a site chose, in its order: declare a format with `$cell`,
`$cell_path`, `$encoded_agent` …. What CloudFront wrote as %XX is undone once in texts of clients,
and left in the path and the query, whose spellings are brought together where pictures are named.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample
from access.layouts import Layout

# The edge, sc-bytes, c-ip, cs-method, cs(Host), cs-uri-stem, sc-status, then Referer and agent,
# cs-uri-query, the cookie, x-edge-result-type, x-edge-request-id, x-host-header.
_FIRST = (
    "$cloudfront_time\t$cell\t$bytes_sent\t$remote_addr\t$request_method\t$cell\t$cell_path"
    "\t$status\t$encoded_referer\t$encoded_agent\t$cell_query" + 3 * "\t$cell" + "\t$cell_host"
)
# cs-protocol, cs-bytes, time-taken, x-forwarded-for; three; cs-protocol-version; five up to
# sc-content-type; two more.
_LAST = 3 * "\t$cell" + "\t$encoded_forwarded" + 3 * "\t$cell" + "\t$cell_protocol"
_LAST += 5 * "\t$cell" + "\t$encoded_type" + 2 * "\t$cell"

LAYOUT = Layout.of(
    "cloudfront",
    _FIRST + _LAST + "\t$range_end",
    "2026-11-23\t22:24:26\tFRA56-P1\t392\t192.0.2.7\tGET\td111.example\t/i/large/7.jpg\t200"
    "\thttps://photos.example/p/7\tMozilla/5.0%20(X11;%20Linux)\tw=9\t-\tHit\tSOX4xwn4==\tphotos"
    ".example\thttps\t23\t0.001\t203.0.113.9,%20198.51.100.2\tTLSv1.2\tECDHE-RSA\tHit\tHTTP/2.0"
    "\t-\t-\t11040\t0.001\tHit\timage/jpeg\t78\t-\t-",
)

SAMPLES = (
    Sample(
        line=LAYOUT.example.encode(),
        at=1_795_472_666_000,
        method=Method.GET,
        status=200,
        size=392,
        texts={
            Field.TARGET: b"/i/large/7.jpg?w=9",
            Field.CLIENT: b"192.0.2.7",
            Field.FORWARDED: b"203.0.113.9, 198.51.100.2",
            Field.REFERER: b"https://photos.example/p/7",
            Field.AGENT: b"Mozilla/5.0 (X11; Linux)",
            Field.HOST: b"photos.example",
            Field.TYPE: b"image/jpeg",
        },
    ),
)
