"""The Elastic Common Schema, nested or dotted or both: what Elastic Agent and its pipelines hold.

Old Traefik modules write `traefik.access.*`, every value as a text.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats import combined
from access.formats.carriage import carried
from access.formats.sample import Sample

_NESTED = Sample(
    line=b'{"@timestamp":"2026-11-23T22:24:26.934Z","event":{"dataset":"nginx.access",'
    b'"category":["web"],"type":["access"],"outcome":"success","kind":"event"},"http":{"request":{'
    b'"method":"get","referrer":"-"},"response":{"body":{"bytes":97},"status_code":200},'
    b'"version":"1.1"},"nginx":{"access":{"remote_ip_list":["203.0.113.9","192.0.2.7"]}},"source":{'
    b'"address":"192.0.2.7","ip":"192.0.2.7","geo":{},"as":{"number":64496}},"url":{'
    b'"original":"/i/7.jpg","path":"/i/7.jpg"},"user_agent":{"original":"curl/8","name":"curl",'
    b'"device":{"name":"Other"}},"user":{"name":"ann"}}',
    at=1_795_472_666_934,
    method=Method.GET,
    status=200,
    size=97,
    texts={
        Field.TARGET: b"/i/7.jpg",
        Field.AGENT: b"curl/8",
        Field.CLIENT: b"192.0.2.7",
        Field.FORWARDED: b"203.0.113.9, 192.0.2.7",
        Field.ACCOUNT: b"ann",
    },
)
_DOTTED = Sample(
    line=b'{"@timestamp":"2026-11-23T23:24:26.934+01:00","http.request.method":"GET",'
    b'"http.response":{"status_code":"200","body.bytes":97},"source.ip":"192.0.2.7",'
    b'"url.path":"/i/7.jpg","url.query":"w=9","user_agent.original":"curl/8",'
    b'"url.domain":"photos.example","http.response.mime_type":"image/jpeg"}',
    at=1_795_472_666_934,
    method=Method.GET,
    status=200,
    size=97,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.AGENT: b"curl/8",
        Field.HOST: b"photos.example",
        Field.CLIENT: b"192.0.2.7",
        Field.TYPE: b"image/jpeg",
    },
)
_TRAEFIK = Sample(
    line=b'{"@timestamp":"2026-11-23T22:24:26.934Z","traefik":{"access":{"remote_ip":"192.0.2.7",'
    b'"method":"GET","url":"/i/7.jpg","response_code":"200","body_sent":{"bytes":"97"},'
    b'"user_agent":{"original":"curl/8"}}}}',
    at=1_795_472_666_934,
    method=Method.GET,
    status=200,
    size=97,
    texts={Field.TARGET: b"/i/7.jpg", Field.AGENT: b"curl/8", Field.CLIENT: b"192.0.2.7"},
)
_ORIGINAL = carried(
    combined.SAMPLES[0],
    b'{"@timestamp":"2026-11-23T22:24:27.000Z","message":"parsing failed","event":{"original":"',
    b'","kind":"pipeline_error"}}',
)
SAMPLES = (_NESTED, _DOTTED, _TRAEFIK, _ORIGINAL)
