"""Traps and assets that came whole have an identity, which their query does not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.event import Kind
from access.lines import Chunk
from access.parser import Parser
from access.site import Site

if TYPE_CHECKING:
    from access.batch import Batch

SITE = Site.from_toml('[[traps]]\npattern = "/hidden/{*}"\n[[assets]]\npattern = "/static/{**}"\n')
LINE = '203.0.113.7 - - [24/Nov/2026:12:00:00 +0000] "{} {} HTTP/1.1" {} 9 "-" "Mozilla/5.0"\n'


def parsed(*asked: tuple[str, str, int]) -> Batch:
    data = "".join(LINE.format(*each) for each in asked).encode()
    return Parser(SITE).parse(Chunk(np.frombuffer(data, np.uint8), 0, 1))[0]


def test_an_asset_is_known_by_its_path_when_it_came_whole() -> None:
    batch = parsed(
        ("GET", "/static/app.css", 200),
        ("GET", "/static/app.css?v=2", 200),
        ("GET", "https://bramble.example/static/app.css#top", 200),
        ("GET", "/static/app.js", 200),
    )
    one, again, absolute, other = batch.picture.tolist()

    assert set(batch.kind) == {Kind.ASSET}
    assert one == again == absolute != other
    assert 0 not in (one, other)


def test_what_a_cache_still_held_or_came_in_parts_or_not_at_all_counts_nobody() -> None:
    batch = parsed(
        ("GET", "/static/app.css", 304),
        ("GET", "/static/app.css", 206),
        ("GET", "/static/app.css", 404),
        ("HEAD", "/static/app.css", 200),
    )

    assert batch.picture.tolist() == [0, 0, 0, 0]


def test_traps_are_told_apart_whatever_came_of_them() -> None:
    batch = parsed(
        ("GET", "/hidden/a", 200), ("GET", "/hidden/a?x=1", 404), ("HEAD", "/hidden/b", 200)
    )
    one, again, other = batch.picture.tolist()

    assert one == again != other != 0
