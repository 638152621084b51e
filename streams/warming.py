"""Warming: send a few lines of every kind down the whole path, so that every kernel is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from access.formats import ROSTER
from access.site import Site
from streams.pipeline import Pipeline
from streams.settings import Settings
from streams.sources import chunk

if TYPE_CHECKING:
    from collections.abc import Iterator

# One site that uses all there is, so that no kernel is left out.
SITE = """
name = "warm"
trusted_proxies = ["192.0.2.1"]
own_machines = ["192.0.2.2"]
[lookups]
owners = "owners"
accounts = "accounts"
[[pictures]]
pattern = "/i/{rendition}/{picture}.{jpg|webp}"
[[pictures]]
regex = '^/x/(?P<owner>[a-z]+)/(?P<picture>[0-9]+)$'
[[pages]]
pattern = "/p/{*}"
[[crawlers]]
name = "Warmbot"
agent = "Warmbot"
ranges = ["192.0.2.128/25"]
"""
TABLES = {
    "owners": pa.table({"picture": ["1"], "owner": ["ann"], "album": ["a"]}),
    "accounts": pa.table({"session": ["s"], "account": ["ann"], "owner": ["ann"]}),
}
LINE = (
    '203.0.113.{} - - [24/Nov/2026:12:{:02}:00 +0000] "GET {} HTTP/1.1" 200 512'
    ' "https://example.org/p/1" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"'
)
JSON = (
    '{{"time":"2026-11-24T12:{1:02}:00.250Z","remote_addr":"203.0.113.{0}","request":{{"uri":"{2}",'
    '"method":"GET"}},"status":200,"user_agent":"curl/8 \\u00e9","session":"s","account":"ann"}}'
)
TARGETS = ("/i/orig/{}.jpg", "/x/ann/{}", "/p/{}", "/photos/{}_640.jpg?token=1", "/app.css?{}")


def warm() -> int:
    """Compile everything; returns how many of the sample's lines were judged as requests."""
    site = Site.from_toml(SITE, load=TABLES.__getitem__)
    before, after = Pipeline(site, Settings()), Pipeline(site, Settings())
    before.expect(0)
    steps = [before.feed(chunk(block, len(block), 0, 1)) for block in blocks()]
    after.restore(before.state())
    return sum(len(step.batch) for step in [*steps, after.end(0)])


def blocks() -> Iterator[bytearray]:
    """Write lines of every format and kind, and one that is none."""
    texts = [layout.example for layout in ROSTER]
    for line in (LINE, JSON):
        texts += [line.format(n % 9, n, TARGETS[n % len(TARGETS)].format(n)) for n in range(60)]
        yield bytearray("\n".join([*texts, "no log line", ""]).encode())
