"""Envoy's JSON access log, by the names of Istio and Contour, and by those of Envoy Gateway.

What is absent is `null` or `-`; the client's address comes with its port.
"""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

_ISTIO = Sample(
    line=b'{"start_time":"2026-11-23T22:24:26.934Z","method":"POST","path":"/i/7.jpg?w=9",'
    b'"protocol":"HTTP/2","response_code":403,"response_flags":"-","bytes_received":0,'
    b'"bytes_sent":12,"duration":4,"upstream_service_time":"3","user_agent":null,'
    b'"x_forwarded_for":"203.0.113.9,198.51.100.2","request_id":"cc21d9b0-cf5c-432b-8c7e",'
    b'"authority":"photos.example","upstream_host":"10.0.2.1:80",'
    b'"downstream_remote_address":"192.0.2.7:51234","requested_server_name":"photos.example",'
    b'"route_name":"default","tls_ja4_fingerprint":"t13d1516h2_8daaf6152771_e5627efa2ab1"}',
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
_GATEWAY = Sample(
    line=b'{"start_time":"2026-11-23T22:24:26.934Z","method":"GET","protocol":"HTTP/1.1",'
    b'"x-envoy-origin-path":"/i/7.jpg?w=9","response_code":200,"response_flags":"-",'
    b'"bytes_received":0,"bytes_sent":2048,"duration":4,"x-envoy-upstream-service-time":null,'
    b'"x-forwarded-for":"203.0.113.9","user-agent":"curl/8","x-request-id":"cc21d9b0",'
    b'":authority":"photos.example","upstream_host":"10.0.2.1:80",'
    b'"downstream_remote_address":"[2001:db8::7]:51234"}',
    at=1_795_472_666_934,
    method=Method.GET,
    status=200,
    size=2048,
    texts={
        Field.TARGET: b"/i/7.jpg?w=9",
        Field.AGENT: b"curl/8",
        Field.HOST: b"photos.example",
        Field.CLIENT: b"[2001:db8::7]:51234",
        Field.FORWARDED: b"203.0.113.9",
    },
)
SAMPLES = (_ISTIO, _GATEWAY)
