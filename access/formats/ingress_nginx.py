"""The `upstreaminfo` of Kubernetes' ingress-nginx: `combined` and more behind it, read over."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

NAME = "ingress_nginx"

SAMPLES = (
    Sample(
        line=b'192.0.2.7 - ann [23/Nov/2026:22:24:26 +0000] "GET /i/large/7.jpg HTTP/2.0" 200 2048'
        b' "https://photos.example/p/7" "curl/8" 238 0.004 [shop-photos-80] [] 198.51.100.80:8080'
        b" 2048 0.004 200 cc21d9b0cf5c432b8c7e98aeb7988cd2",
        at=1_795_472_666_000,
        method=Method.GET,
        status=200,
        size=2048,
        texts={
            Field.TARGET: b"/i/large/7.jpg",
            Field.CLIENT: b"192.0.2.7",
            Field.ACCOUNT: b"ann",
            Field.REFERER: b"https://photos.example/p/7",
            Field.AGENT: b"curl/8",
        },
    ),
)
