"""Sample lines prove what was asked for, and open nobody's account."""

from __future__ import annotations

import json

import numpy as np
import pytest

from access.event import Field
from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from evidence.samples import shown

COMBINED = b'203.0.113.7 - - [24/Nov/2026:12:00:00 +0000] "GET /i/1.jpg HTTP/1.1" 200 9 "-" "-"'
NAMED = COMBINED.replace(b"- -", b"- anna", 1)
JSON = (
    b'{"time":"2026-11-24T12:00:00Z","remote_addr":"203.0.113.7","request_uri":"/i/1.jpg",'
    b'"request_method":"GET","status":200,"cookie_session":"sesame","remote_user":"anna"}'
)
ESCAPED = JSON.replace(b"sesame", rb"s\u00e9same\/\"").replace(b"anna", rb"\u0061nna")
SYSLOG = b"<13>Nov 24 12:00:00 web1 nginx: "


def sample(line: bytes) -> bytes:
    chunk = Chunk(np.frombuffer(line + b"\n", np.uint8), 0, 1)
    batch, rejects = Parser(Site.default()).parse(chunk)
    assert rejects == []
    return shown(batch, 0)


def carried(line: bytes) -> bytes:
    return json.dumps({"log": line.decode("latin-1"), "stream": "stdout"}).encode()


def starred(line: bytes) -> bytes:
    for secret in (rb"s\u00e9same\/\"", rb"\u0061nna", b"sesame", b"anna"):
        for spelled in (secret.replace(b"\\", b"\\\\").replace(b'"', b'\\"'), secret):
            line = line.replace(spelled, b"*" * len(spelled))
    return line


@pytest.mark.parametrize(
    "line",
    [JSON, ESCAPED, NAMED, SYSLOG + NAMED, SYSLOG + JSON, SYSLOG + ESCAPED]
    + [carried(line) for line in (JSON, ESCAPED, NAMED, NAMED.replace(b"/1", rb"/\x22"))],
)
def test_sessions_and_accounts_are_starred_out(line: bytes) -> None:
    seen = sample(line)

    assert starred(line) == seen
    assert seen.count(b"*") >= len(b"anna")


def test_what_is_said_twice_is_starred_out_twice() -> None:
    original = json.dumps(NAMED.decode()).encode()
    line = JSON[:-1] + b',"event":{"original":' + original + b"}}"

    assert starred(line) == sample(line)
    assert sample(line).count(b"*") == len(b"sesame" + b"anna" + b"anna")


def test_a_short_name_is_starred_out_only_where_it_stands() -> None:
    line = JSON.replace(b"anna", b"1")

    assert line.replace(b'"1"', b'"*"').replace(b"sesame", b"******") == sample(line)


def test_a_name_that_is_not_found_again_covers_the_line() -> None:
    chunk = Chunk(np.frombuffer(carried(NAMED) + b"\n", np.uint8), 0, 1)
    batch, _ = Parser(Site.default()).parse(chunk)
    batch.buffer[batch.spans[0, 2 * Field.ACCOUNT]] = ord("h")

    assert b"*" * len(carried(NAMED)) == shown(batch, 0)


def test_a_line_without_them_is_shown_as_it_came() -> None:
    assert COMBINED == sample(COMBINED)
