"""Fastly's log endpoints with the JSON format of its documentation; a site may add fields."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

SAMPLES = (
    Sample(
        line=b'{"timestamp":"2026-11-23T22:24:26+0000","client_ip":"192.0.2.7",'
        b'"geo_country":"germany","geo_city":"berlin","host":"photos.example",'
        b'"url":"/i/7.jpg?w=9","request_method":"GET","request_protocol":"HTTP/2",'
        b'"request_referer":"https://photos.example/p/7","request_user_agent":"curl/8",'
        b'"response_state":"HIT","response_status":200,"response_reason":"OK",'
        b'"response_body_size":2048,"fastly_server":"cache-fra-1","fastly_is_edge":true}',
        at=1_795_472_666_000,
        method=Method.GET,
        status=200,
        size=2048,
        texts={
            Field.TARGET: b"/i/7.jpg?w=9",
            Field.REFERER: b"https://photos.example/p/7",
            Field.AGENT: b"curl/8",
            Field.HOST: b"photos.example",
            Field.CLIENT: b"192.0.2.7",
        },
    ),
)
