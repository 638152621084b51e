"""Vector: the events of its file source, as they come and behind its nginx and Apache parsers.

`host` is the machine that ships, unless the log itself names a host; behind `parse_apache_log` it
is the client.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats import combined
from access.formats.carriage import carried
from access.formats.sample import Sample

_RAW = carried(
    combined.SAMPLES[0],
    b'{"file":"var/log/nginx/access.log","host":"web1","message":"',
    b'","source_type":"file","timestamp":"2026-11-23T21:24:27.934Z"}',
)
_NGINX = Sample(
    line=b'{"agent":"Mozilla/5.0 (X11)","client":"192.0.2.7","file":"var/log/nginx/access.log",'
    b'"host":"web1","message":"192.0.2.7 - ann [","referer":"https://photos.example/p/7",'
    b'"request":"GET /i/7.jpg HTTP/1.1","size":153,"source_type":"file","status":200,'
    b'"timestamp":"2026-11-23T22:24:26Z","user":"ann"}',
    at=1_795_472_666_000,
    method=Method.GET,
    status=200,
    size=153,
    texts={
        Field.TARGET: b"/i/7.jpg",
        Field.REFERER: b"https://photos.example/p/7",
        Field.AGENT: b"Mozilla/5.0 (X11)",
        Field.HOST: b"web1",
        Field.CLIENT: b"192.0.2.7",
        Field.ACCOUNT: b"ann",
    },
)
_NGINX_MAIN = Sample(
    line=b'{"body_bytes_size":612,"http_user_agent":"curl/8","http_x_forwarded_for":"203.0.113.9",'
    b'"remote_addr":"192.0.2.7","request":"HEAD /i/7.jpg HTTP/2.0","source_type":"file",'
    b'"status":304,"timestamp":"2026-11-23T22:24:26Z"}',
    at=1_795_472_666_000,
    method=Method.HEAD,
    status=304,
    size=612,
    texts={
        Field.TARGET: b"/i/7.jpg",
        Field.AGENT: b"curl/8",
        Field.CLIENT: b"192.0.2.7",
        Field.FORWARDED: b"203.0.113.9",
    },
)
_APACHE = Sample(
    line=b'{"agent":"curl/8","file":"var/log/apache2/access.log","host":"192.0.2.7",'
    b'"identity":"-","message":"GET /i/7.jpg HTTP/1.0","method":"GET","path":"/i/7.jpg",'
    b'"protocol":"HTTP/1.0","referrer":"https://photos.example/p/7","size":2326,'
    b'"source_type":"file","status":200,"timestamp":"2026-11-23T22:24:26Z","user":"ann"}',
    at=1_795_472_666_000,
    method=Method.GET,
    status=200,
    size=2326,
    texts={
        Field.TARGET: b"/i/7.jpg",
        Field.REFERER: b"https://photos.example/p/7",
        Field.AGENT: b"curl/8",
        Field.CLIENT: b"192.0.2.7",
        Field.ACCOUNT: b"ann",
    },
)
SAMPLES = (_RAW, _NGINX, _NGINX_MAIN, _APACHE)
