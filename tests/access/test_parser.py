"""A chunk of lines becomes a batch, and nothing gets lost on the way."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from access.addresses import key_of
from access.batch import COLUMNS, Batch
from access.claims import Flag, flags
from access.event import Kind, Method, Outcome, Referrer, Rendition
from access.kernels.hashing import hash_bytes
from access.lines import Chunk, Reject
from access.parser import Parser
from access.site import Site

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"
LINES = f"""\
203.0.113.7 - - [23/Nov/2026:22:24:26 +0000] "GET /i/thumb/1001.jpg HTTP/1.1" 200 512 \
"https://photos.example/p/1" "{AGENT}"
no line of any log
198.51.100.9 - ann [23/Nov/2026:22:24:27 +0000] "HEAD /users/ann/1.webp HTTP/1.1" 200 - \
"-" "{AGENT}"
2001:db8::1 - - [23/Nov/2026:22:24:28 +0000] "GET /album/5 HTTP/1.1" 404 7 "-" "-"
""".splitlines()
SITE = """
name = "photos"

[[pictures]]
pattern = "/x/{picture}.jpg"

[lookups]
owners = "owners"
accounts = "accounts"
"""
TABLES = {
    "owners": pa.table({"picture": ["7", "8"], "owner": ["ann", "bob"]}),
    "accounts": pa.table({"session": ["s1"], "account": ["a1"], "owner": ["ann"]}),
}


def parse(lines: list[str], site: Site, first: int = 1) -> tuple[Batch, list[Reject]]:
    text = "".join(line + "\n" for line in lines).encode()
    return Parser(site).parse(Chunk(np.frombuffer(text, np.uint8), source=3, first=first))


@cache
def default() -> tuple[Batch, list[Reject]]:
    return parse(LINES, Site.default(), first=10)


def column(name: str) -> list[int]:
    values: list[int] = getattr(default()[0], name).tolist()
    return values


def test_every_line_is_a_row_or_a_reject() -> None:
    batch, rejects = default()

    assert batch.number.tolist() == [10, 12, 13]
    assert [(r.source, r.number, r.line) for r in rejects] == [(3, 11, LINES[1].encode())]


def test_a_row_says_who_asked_for_what() -> None:
    assert column("kind") == [Kind.PICTURE, Kind.PICTURE, Kind.PAGE]
    assert column("rendition") == [Rendition.THUMBNAIL, Rendition.UNKNOWN, Rendition.UNKNOWN]
    assert column("outcome") == [Outcome.DELIVERED, Outcome.OTHER, Outcome.MISSING]
    assert column("referrer") == [Referrer.PAGE, Referrer.NONE, Referrer.NONE]
    assert column("method") == [Method.GET, Method.HEAD, Method.GET]
    assert column("serial") == [1001, 1, -1]
    assert column("address") == [*map(key_of, ("203.0.113.7", "198.51.100.9", "2001:db8::1"))]


def test_what_is_absent_is_zero() -> None:
    seed = Site.default().key

    assert column("account") == [0, hash_bytes(b"ann", seed), 0]
    assert column("session") == [0, 0, 0]
    assert column("owner") == [0, hash_bytes(b"ann", seed), 0]
    assert column("agent") == [*[hash_bytes(AGENT.encode(), seed)] * 2, 0]


def test_an_account_asks_for_its_own_picture_and_a_stranger_for_nobodys() -> None:
    assert column("own") == [False, True, False]


def test_the_names_that_platforms_give_strangers_are_no_accounts() -> None:
    names = ["0", "anonymous", "guest", "guests", "-"]
    batch, _ = parse([LINES[2].replace("ann", name, 1) for name in names], Site.default())

    assert batch.account.astype(bool).tolist() == [False, False, False, True, False]


def test_every_column_has_its_type_and_length() -> None:
    batch, _ = default()

    assert {name: getattr(batch, name).dtype for name in COLUMNS} == COLUMNS
    assert {len(getattr(batch, name)) for name in COLUMNS} == {3}


def test_tables_tell_owner_account_and_who_asks_for_the_own_picture() -> None:
    site = Site.from_toml(SITE, load=TABLES.__getitem__)
    ask = (
        '{{"time": "2026-11-23T22:24:26Z", "remote_addr": "203.0.113.7", "status": 200, '
        '"method": "GET", "uri": "/x/{}.jpg", "session": "{}"}}'
    )
    batch, rejects = parse(
        [ask.format("7", "s1"), ask.format("8", "s1"), ask.format("7", "s2")], site
    )

    ann, bob, account = (hash_bytes(text, site.key) for text in (b"ann", b"bob", b"a1"))
    assert not rejects
    assert batch.owner.tolist() == [ann, bob, ann]
    assert batch.account.tolist() == [account, account, 0]
    assert batch.own.tolist() == [True, False, False]


def test_no_lines_are_an_empty_batch() -> None:
    batch, rejects = parse([], Site.default())

    assert (len(batch), rejects) == (0, [])


@pytest.mark.parametrize(
    ("hosts", "shape"),
    [
        ('pages = ["a.example"]\npictures = ["a.example"]', Referrer.ROOT),
        ('pages = ["a.example"]\npictures = ["i.example"]', Referrer.PAGE),
    ],
)
def test_between_two_hosts_an_origin_is_all_that_a_browser_says(
    hosts: str, shape: Referrer
) -> None:
    line = (
        b'203.0.113.7 - - [24/Nov/2026:12:00:00 +0000] "GET /1.jpg HTTP/1.1" 200 9'
        b' "https://a.example/" "-"\n'
    )
    parser = Parser(Site.from_toml(f"[hosts]\n{hosts}"))

    batch, _ = parser.parse(Chunk(np.frombuffer(line, np.uint8), 0, 1))

    assert batch.referrer.tolist() == [shape]


def test_whoever_comes_by_an_old_protocol_claims_what_else_it_claims() -> None:
    line = '203.0.113.7 - - [24/Nov/2026:12:00:00 +0000] "GET /1.jpg HTTP/{}" 200 9 "-" "curl/8"'

    batch, _ = parse([line.format("1.1"), line.format("2.0")], Site.default())

    assert flags(batch.claim).tolist() == [Flag.TOOL | Flag.HTTP_1, Flag.TOOL]
