"""The compiled reader of text lines agrees with the plain one, whatever the lines are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from access.formats import FORMATS, LONGER
from tests.access import text_twin
from tests.access.mangling import mangled
from tests.access.scanning import sample, scan

EXAMPLES = [sample.line for text in (*FORMATS, *LONGER) for sample in text.SAMPLES]
HEADED = [
    header + line
    for header in (
        b"2026-11-23T22:24:26.934123456Z stdout F ",
        b"2026-11-23T22:24:26.934123456Z stderr P ",
        b"<13>Nov 23 22:24:26 web1 nginx: ",
        b"Nov  3 22:24:26 haproxy[7]: ",
        b"<190>2026-11-23T22:24:26+00:00 web1 nginx: ",
        b'<165>1 2026-11-23T22:24:26.003Z web1 nginx 7 - [a@1 b="\\]"][c] \xef\xbb\xbf',
        b"<165>1 2026-11-23T22:24:26.003Z web1 nginx - access - ",
        b"2026-11-23T22:24:26Z stdout F <13>Nov 23 22:24:26 nginx: ",
    )
    for line in EXAMPLES
]
HEAD = b'203.0.113.5 - - [23/Nov/2026:22:24:26 +0000] "'


def assert_twins_agree(lines: list[bytes]) -> None:
    expected = [text_twin.read(line) for line in lines]

    found, rejects = scan(*lines)

    rows = {int(number): row for row, number in enumerate(found.number)}
    for number, (line, wanted) in enumerate(zip(lines, expected, strict=True), 1):
        got = sample(found, rows[number]) if number in rows else None
        assert wanted == got, line
    assert expected.count(None) == len(rejects)


def test_mangled_lines_are_read_as_the_plain_reader_reads_them() -> None:
    assert_twins_agree(texts_of(mangled(EXAMPLES, 8000, np.random.default_rng(5))))


def test_lines_behind_headers_are_read_as_the_plain_reader_reads_them() -> None:
    assert_twins_agree(texts_of(mangled([*HEADED, *EXAMPLES], 8000, np.random.default_rng(6))))


def texts_of(lines: list[bytes]) -> list[bytes]:
    """Leave out what opens like JSON, with or without a header."""
    bare = [text_twin.unwrapped(line.removeprefix(b"\xef\xbb\xbf")) or b"" for line in lines]
    return [line for line, text in zip(lines, bare, strict=True) if text.lstrip(b" \t")[:1] != b"{"]


@given(user=st.binary(max_size=60), request=st.binary(max_size=60), agent=st.binary(max_size=60))
def test_any_bytes_are_read_as_the_plain_reader_reads_them(
    user: bytes, request: bytes, agent: bytes
) -> None:
    line = (
        b"203.0.113.5 - " + user + b' [23/Nov/2026:22:24:26 +0000] "' + request
        + b'" 200 5 "-" "' + agent + b'"'
    )  # fmt: skip

    assert_twins_agree([line.replace(b"\n", b"")])


@given(st.lists(st.sampled_from([*b'GET /a HTTP/1.1-"\\']), max_size=40).map(bytes))
def test_requests_are_taken_apart_as_the_plain_reader_does(request: bytes) -> None:
    assert_twins_agree([HEAD + request + b'" 200 5'])


@given(
    hops=st.lists(st.sampled_from([*b'" ,\\2.:a']), max_size=30).map(bytes),
    agent=st.lists(st.sampled_from([*b'" ,\\2.:a']), max_size=30).map(bytes),
)
def test_what_is_not_escaped_is_read_as_the_plain_reader_does(hops: bytes, agent: bytes) -> None:
    head = b'[2026-11-23T22:24:26.934Z] "GET / HTTP/2" 200 - 0 5 4 3 "'

    assert_twins_agree([head + hops + b',203.0.113.9" "' + agent + b'" "-" "a.example" "-"'])


@given(
    agent=st.lists(st.sampled_from([*b'#%|{}"\\2Cc g']), max_size=30).map(bytes),
    referer=st.lists(st.sampled_from([*b'#%|{}"\\2Cc g']), max_size=30).map(bytes),
)
def test_captures_are_read_as_the_plain_reader_does(agent: bytes, referer: bytes) -> None:
    head = b"203.0.113.5:4711 [23/Nov/2026:22:24:26.934] f b/s 0/0 200 5 - - ---- 1/1 0/0 {"

    assert_twins_agree([head + agent + b"|" + referer + b'} "GET / HTTP/1.1"'])
