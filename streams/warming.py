"""Warming: send a few lines of every kind down the whole path, so that every kernel is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from access.formats import ROSTER
from access.site import Site
from actors.capacity import Capacity
from actors.cohorts import ORDINARY, CohortLedger
from actors.meetings import FEWEST
from actors.pairs import PAIR
from streams.parsing import Parsing, Records
from streams.pipeline import Pipeline
from streams.settings import Settings
from streams.shard import Shard
from streams.sources import chunk
from streams.wire.requests import Requests
from streams.wire.summaries import SITE as ALL
from streams.wire.summaries import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
NONE = "no log line"
ARRAY = b'[{"remote_addr":"203.0.113.1"},{"message":"caf\\u00e9"}]'  # as some shippers pack lines
LATER = 1 << 25  # minutes since 1970: the year 2033; all of the sample lies before


SMALL = 64  # a part of the memory that a worker has is enough


def warm() -> int:
    """Compile everything; returns how many of the sample's lines were judged as requests."""
    site = Site.from_toml(SITE, load=TABLES.__getitem__)
    stream(site, [[*map(bytes, blocks()), ARRAY]])
    stream(site, ([line.encode()] for line in singles()))
    look()
    settings = Settings(memory=Capacity().part(SMALL))
    before, after = Pipeline(site, settings), Pipeline(site, settings)
    before.expect(0)
    steps = [before.feed(chunk(block, len(block), 0, 1)) for block in blocks()]
    after.restore(before.state())
    return sum(len(step.batch) for step in [*steps, after.end(0)])


def stream(site: Site, messages: Iterable[Sequence[bytes]]) -> None:
    """Go the way of a worker, each of *messages* by itself."""
    parsing, shard = Parsing(site, Settings(), 1), Shard(site, Settings(), 0, 1, 1)
    parsing.open(0, 0, None)
    shard.learn(Summary(ALL, LATER))
    offset = 0
    for values in messages:
        parsing.feeds[0].take(Records.of(range(offset, offset + len(values)), values))
        offset += len(values)
        parsed = parsing.flush({})
        for message in parsed.messages.values() if parsed else ():
            shard.take(Requests.decoded(message))
        shard.judge()
    Shard(site, Settings(), 0, 1, 1).restore(shard.state())


def look() -> None:
    """Look at a fleet beside people, which the sample is too small for."""
    pairs = np.zeros(2 * FEWEST, PAIR)
    pairs["network"] = pairs["picture"] = np.arange(len(pairs))
    pairs["habit"][FEWEST:] = ORDINARY
    list(CohortLedger().look(pairs))


def singles() -> Iterator[str]:
    """Write lines that come alone: one row's columns are another kind of array than those of many.

    numba tells them apart, because a column of one row lies in one piece, and compiles anew.
    """
    for n in range(2 * len(TARGETS)):
        target = TARGETS[n % len(TARGETS)].format(n)
        yield from (line.format(1, n, target) for line in (LINE, JSON))
        yield NONE


def blocks() -> Iterator[bytearray]:
    """Write lines of every format and kind, and one that is none."""
    texts = [layout.example for layout in ROSTER]
    for line in (LINE, JSON):
        texts += [line.format(n % 9, n, TARGETS[n % len(TARGETS)].format(n)) for n in range(60)]
        yield bytearray("\n".join([*texts, NONE, ""]).encode())
