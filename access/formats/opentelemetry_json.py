"""One OpenTelemetry log record as `access.payloads` lays it flat: attributes are keys.

Either the attributes say what was asked for, by the semantic conventions, or `body` holds the line
of the log. When a record was only observed is its `timestamp`, which counts where the line of the
log has no time.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats import combined
from access.formats.carriage import carried
from access.formats.sample import Sample

_ATTRIBUTES = Sample(
    line=b'{"service.name":"edge","timeUnixNano":"1795472666934000000","severityNumber":9,'
    b'"body":"192.0.2.7 - - [","client.address":"192.0.2.7","http.request.method":"GET",'
    b'"url.path":"/i/7.jpg","url.query":"w=9","http.response.status_code":"200",'
    b'"http.response.body.size":"2048","user_agent.original":"curl/8","server.address":'
    b'"photos.example","http.request.header.x-forwarded-for":["203.0.113.9","198.51.100.2"],'
    b'"http.request.header.referer":["https://photos.example/p/7"],"user.id":"ann",'
    b'"session.id":"abc","http.response.header.content-type":["image/jpeg"]}',
    at=1_795_472_666_934,
    method=Method.GET,
    status=200,
    size=2048,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.REFERER: b"https://photos.example/p/7",
        Field.AGENT: b"curl/8",
        Field.HOST: b"photos.example",
        Field.CLIENT: b"192.0.2.7",
        Field.FORWARDED: b"203.0.113.9, 198.51.100.2",
        Field.SESSION: b"abc",
        Field.ACCOUNT: b"ann",
        Field.TYPE: b"image/jpeg",
    },
)
_FULL = Sample(
    line=b'{"timeUnixNano":"0","timestamp":"1795472667000000000",'
    b'"network.peer.address":"2001:db8::7","http.request.method":"HEAD",'
    b'"url.full":"https://photos.example/i/7.jpg?w=9","http.response.status_code":304}',
    at=1_795_472_667_000,
    method=Method.HEAD,
    status=304,
    size=-1,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.HOST: b"photos.example",
        Field.CLIENT: b"2001:db8::7",
    },
)
_BODY = carried(
    combined.SAMPLES[0],
    b'{"service.name":"edge","log.file.name":"access.log",'
    b'"timestamp":"1795472667000000000","body":"',
    b'"}',
)
SAMPLES = (_ATTRIBUTES, _FULL, _BODY)
