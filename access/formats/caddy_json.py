r"""Caddy: the request nested, headers as lists, time as a float; from 2.7 on with `client_ip`."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

_OLD = Sample(
    line=rb'{"level":"info","ts":1795472666.982039,"logger":"http.log.access.log0",'
    rb'"msg":"handled request","request":{"remote_ip":"192.0.2.7","remote_port":"35414",'
    rb'"proto":"HTTP/2.0","method":"GET","host":"photos.example","uri":"/i/7.jpg?w=9","headers":{'
    rb'"User-Agent":["curl/\u0038"],"Accept":["*/*"],"Referer":["https:\/\/photos.example\/p\/7"],'
    rb'"X-Forwarded-For":["203.0.113.9","198.51.100.2"],"Cookie":[]}},"user_id":"",'
    rb'"duration":0.0236,"size":2048,"status":200,"resp_headers":{"Server":["Caddy"],'
    rb'"Etag":["\"toz7kn1kw\""],"Content-Type":["image/jpeg"]}}',
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
_NEW = Sample(
    line=b'{"level":"info","ts":1795472666.982039,"logger":"http.log.access.log0",'
    b'"msg":"handled request","request":{"remote_ip":"198.51.100.2","remote_port":"35414",'
    b'"client_ip":"192.0.2.7","proto":"HTTP/2.0","method":"HEAD","host":"photos.example:8082",'
    b'"uri":"/i/7.jpg","headers":{"User-Agent":["curl/8"],"Cookie":["REDACTED"]}},"bytes_read":0,'
    b'"user_id":"ann","duration":0.0236,"size":0,"status":304,"resp_headers":{}}',
    at=1_795_472_666_982,
    method=Method.HEAD,
    status=304,
    size=0,
    texts={
        Field.TARGET: b"/i/7.jpg",
        Field.AGENT: b"curl/8",
        Field.HOST: b"photos.example:8082",
        Field.CLIENT: b"192.0.2.7",
        Field.ACCOUNT: b"ann",
    },
)
SAMPLES = (_OLD, _NEW)
