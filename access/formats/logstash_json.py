r"""Logstash's `%{COMBINEDAPACHELOG}`, with ECS names and with the older ones, and unparsed.

`timestamp` is when the request was made, `@timestamp` when its line was read. The older names
come with the quotes of the log line: `"agent":"\"curl/8\""`.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats import combined
from access.formats.carriage import carried
from access.formats.sample import Sample

_ECS = Sample(
    line=b'{"@timestamp":"2026-11-23T22:24:27.000Z","@version":"1",'
    b'"timestamp":"23/Nov/2026:22:24:26 +0000","source":{"address":"192.0.2.7"},"http":{"request":{'
    b'"method":"GET","referrer":"https://photos.example/p/7"},"response":{"status_code":200,'
    b'"body":{"bytes":2048}},"version":"1.1"},"url":{"original":"/i/7.jpg?w=9"},"user_agent":{'
    b'"original":"curl/8"},"message":"192.0.2.7 - -","event":{"original":"192.0.2.7 - -"},'
    b'"host":{"name":"web1"},"apache":{"access":{"user":{"identity":"-"}}}}',
    at=1_795_472_666_000,
    method=Method.GET,
    status=200,
    size=2048,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.REFERER: b"https://photos.example/p/7",
        Field.AGENT: b"curl/8",
        Field.CLIENT: b"192.0.2.7",
    },
)
_LEGACY = Sample(
    line=rb'{"@timestamp":"2026-11-23T22:24:27.000Z","@version":"1","clientip":"192.0.2.7",'
    rb'"ident":"-","auth":"ann","timestamp":"23/Nov/2026:22:24:26 +0000","verb":"GET",'
    rb'"request":"/i/7.jpg?w=9","httpversion":"1.1","response":"200","bytes":"2048",'
    rb'"referrer":"\"https://photos.example/p/7\"","agent":"\"Mozilla/5.0 (X11)\"",'
    rb'"message":"192.0.2.7 - ann","path":"/var/log/apache2/access.log"}',
    at=1_795_472_666_000,
    method=Method.GET,
    status=200,
    size=2048,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.REFERER: b"https://photos.example/p/7",
        Field.AGENT: b"Mozilla/5.0 (X11)",
        Field.CLIENT: b"192.0.2.7",
        Field.ACCOUNT: b"ann",
    },
)
_DASHES = Sample(
    line=rb'{"@timestamp":"2026-11-23T22:24:27.000Z","clientip":"2001:db8::7","ident":"-",'
    rb'"auth":"-","timestamp":"23/Nov/2026:22:24:26 +0000","verb":"POST","request":"/upload",'
    rb'"httpversion":"1.1","response":"302","referrer":"\"-\"","agent":"\"-\""}',
    at=1_795_472_666_000,
    method=Method.POST,
    status=302,
    size=-1,
    texts={Field.TARGET: b"/upload", Field.CLIENT: b"2001:db8::7"},
)
_UNPARSED = carried(
    combined.SAMPLES[0],
    b'{"@timestamp":"2026-11-23T22:24:27.000Z","@version":"1","host":"198.51.100.1",'
    b'"path":"/var/log/apache2/access.log","message":"',
    b'","tags":["_grokparsefailure"]}',
)
SAMPLES = (_ECS, _LEGACY, _DASHES, _UNPARSED)
