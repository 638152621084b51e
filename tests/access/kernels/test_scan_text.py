"""The compiled reader of text lines agrees with the plain one, whatever the lines are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from access.formats import ROSTER
from tests.access import text_twin
from tests.access.mangling import mangled
from tests.access.scanning import sample, scan

EXAMPLES = [layout.example.encode() for layout in ROSTER]
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
    lines = mangled(EXAMPLES, 6000, np.random.default_rng(5))

    opened = [line.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t") for line in lines]
    texts = [line for line, open_ in zip(lines, opened, strict=True) if open_[:1] != b"{"]
    assert_twins_agree(texts)


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
