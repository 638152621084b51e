"""Fluent Bit's out_kafka behind its nginx parser: every value is a text, `@timestamp` a double.

With `timestamp_format iso8601` the time is a text too; a record no parser took apart has `log`.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats import combined
from access.formats.carriage import carried
from access.formats.sample import Sample

_DOUBLE = Sample(
    line=b'{"@timestamp":1795472666.0,"remote":"192.0.2.7","host":"-","user":"-","method":"GET",'
    b'"path":"/i/7.jpg?w=9","code":"200","size":"2048","referer":"-",'
    b'"agent":"python-requests/2.31"}',
    at=1_795_472_666_000,
    method=Method.GET,
    status=200,
    size=2048,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.AGENT: b"python-requests/2.31",
        Field.CLIENT: b"192.0.2.7",
    },
)
_ISO = Sample(
    line=b'{"@timestamp":"2026-11-23T22:24:26.934512Z","remote":"2001:db8::7","host":"-",'
    b'"user":"ann","method":"HEAD","path":"/i/7.jpg","code":"304","size":"0",'
    b'"referer":"https://photos.example/p/7","agent":"-"}',
    at=1_795_472_666_934,
    method=Method.HEAD,
    status=304,
    size=0,
    texts={
        Field.TARGET: b"/i/7.jpg",
        Field.REFERER: b"https://photos.example/p/7",
        Field.CLIENT: b"2001:db8::7",
        Field.ACCOUNT: b"ann",
    },
)
_RAW = carried(combined.SAMPLES[0], b'{"@timestamp":1795469067.5,"log":"', b'"}')
SAMPLES = (_DOUBLE, _ISO, _RAW)
