r"""Any other JSON a line, nested or flat, whose keys stand in `access.aliases`.

The samples are shaped like the lines of Caddy, Elastic (nested, then flat), Envoy and CloudFront.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

NAME = "aliased_json"

_CADDY = Sample(
    line=rb'{"level":"info","ts":1795472666.982039,"msg":"handled request","request":{'
    rb'"remote_ip":"192.0.2.7","remote_port":"35414","proto":"HTTP/2.0","method":"GET",'
    rb'"host":"photos.example","uri":"/i/7.jpg?w=9","headers":{"User-Agent":["curl/\u0038"],'
    rb'"Accept":["*/*"],"Referer":["https:\/\/photos.example\/p\/7"],'
    rb'"X-Forwarded-For":["203.0.113.9","198.51.100.2"],"Cookie":[]}},"user_id":"",'
    rb'"duration":0.0236,"size":2048,"status":200,"resp_headers":{"Content-Type":["image/jpeg"]}}',
    at=1_795_472_666_982,
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
        Field.TYPE: b"image/jpeg",
    },
)
_ELASTIC = Sample(
    line=b'{"@timestamp":"2026-11-23T22:24:26.934Z","http":{"request":{"method":"get",'
    b'"referrer":"-"},"response":{"body":{"bytes":97},"status_code":200}},"source":{'
    b'"ip":"192.0.2.7","geo":{}},"url":{"original":"/i/7.jpg","path":"/i/7.jpg"},'
    b'"user_agent":{"original":"curl/8","device":{"name":"Other"}},"user":{"name":"ann"}}',
    at=1_795_472_666_934,
    method=Method.GET,
    status=200,
    size=97,
    texts={
        Field.TARGET: b"/i/7.jpg",
        Field.AGENT: b"curl/8",
        Field.CLIENT: b"192.0.2.7",
        Field.ACCOUNT: b"ann",
    },
)
_FLAT = Sample(
    line=b'{"@timestamp":"2026-11-23T23:24:26.934+01:00","http.request.method":"GET",'
    b'"http.response":{"status_code":"200","body.bytes":97},"source.ip":"192.0.2.7",'
    b'"url.path":"/i/7.jpg","url.query":"w=9","user_agent.original":"curl/8"}',
    at=1_795_472_666_934,
    method=Method.GET,
    status=200,
    size=97,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.AGENT: b"curl/8",
        Field.CLIENT: b"192.0.2.7",
    },
)
_ENVOY = Sample(
    line=b'{"start_time":"2026-11-23T22:24:26.934Z","method":"POST","path":"/i/7.jpg?w=9",'
    b'"protocol":"HTTP/2","response_code":403,"bytes_sent":12,"duration":4,"user_agent":null,'
    b'"x_forwarded_for":"203.0.113.9,198.51.100.2","authority":"photos.example",'
    b'"downstream_remote_address":"192.0.2.7:51234"}',
    at=1_795_472_666_934,
    method=Method.POST,
    status=403,
    size=12,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.HOST: b"photos.example",
        Field.CLIENT: b"192.0.2.7:51234",
        Field.FORWARDED: b"203.0.113.9,198.51.100.2",
    },
)
_CLOUDFRONT = Sample(
    line=b'{"date":"2026-11-23","time":"22:24:26","c-ip":"192.0.2.7","cs-method":"GET",'
    b'"cs(Host)":"d111.example","cs-uri-stem":"/i/7.jpg","cs-uri-query":"w=9","sc-status":"200",'
    b'"sc-bytes":"392","cs(Referer)":"-","cs(User-Agent)":"Mozilla/5.0%20(X11)",'
    b'"x-host-header":"photos.example","sc-content-type":"image/jpeg"}',
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
SAMPLES = (_CADDY, _ELASTIC, _FLAT, _ENVOY, _CLOUDFRONT)
