"""Traefik with `accessLog.format=json`; it writes only the headers it was told to keep."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

SAMPLES = (
    Sample(
        line=b'{"ClientAddr":"192.0.2.7:51234","ClientHost":"192.0.2.7","ClientPort":"51234",'
        b'"ClientUsername":"-","DownstreamContentSize":2048,"DownstreamStatus":200,'
        b'"Duration":4210394,"OriginStatus":502,"RequestAddr":"photos.example",'
        b'"RequestHost":"photos.example","RequestMethod":"GET","RequestPath":"/i/7.jpg?w=9",'
        b'"RequestPort":"-","RequestProtocol":"HTTP/2.0","RequestScheme":"https",'
        b'"RouterName":"img@file","StartUTC":"2026-11-23T22:24:26.934Z","TLSVersion":"1.3",'
        b'"downstream_Content-Type":"image/jpeg","entryPointName":"websecure","level":"info",'
        b'"msg":"","request_User-Agent":"curl/8","request_Referer":"https://photos.example/p/7",'
        b'"request_X-Forwarded-For":"203.0.113.9","time":"2026-11-23T22:24:26Z"}',
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
            Field.FORWARDED: b"203.0.113.9",
            Field.TYPE: b"image/jpeg",
        },
    ),
)
