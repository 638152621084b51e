r"""HAProxy with a JSON log-format: path and query apart, slashes escaped by its converter."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

SAMPLES = (
    Sample(
        line=rb'{"ts":"2026-11-23T22:24:26Z","client_ip":"192.0.2.7","client_port":58084,'
        rb'"method":"GET","path":"/i/7.jpg","query":"?w=9&y=%22z%22","status":200,"bytes":2251,'
        rb'"ua":"Mozilla\/5.0 (X11; \"quoted\")","ssl":"-"}',
        at=1_795_472_666_000,
        method=Method.GET,
        status=200,
        size=2251,
        texts={
            Field.TARGET: b"/i/7.jpg?w=9&y=%22z%22",
            Field.AGENT: b'Mozilla/5.0 (X11; "quoted")',
            Field.CLIENT: b"192.0.2.7",
        },
    ),
)
