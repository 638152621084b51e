"""What shippers pack into messages comes out as the lines that went in, and nothing is lost."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.batch import PAD
from access.lines import Chunk
from access.payloads import EXPANSION, unfold
from access.scanner import Scanner

LINE = b'203.0.113.5 - - [23/Nov/2026:22:24:26 +0000] "GET /i/%d.jpg HTTP/1.1" 200 5 "-" "curl/8"'
TEN = [LINE % i for i in range(10)]
EVENT = b'{"msec":"1795472666.934","remote_addr":"203.0.113.5","request":"GET /%d.jpg HTTP/1.1"}'
OTLP = b'{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"%s"}}]}]}]}'
plain = st.dictionaries(st.text(max_size=4), st.text() | st.integers() | st.none(), max_size=3)
objects = st.dictionaries(st.text(max_size=4), plain | st.lists(plain, max_size=2), max_size=3)


def lines(*values: bytes | None) -> list[bytes]:
    return unfold(values).data.tobytes().split(b"\n")[:-1]


def counts(*values: bytes | None) -> list[int]:
    return [int(count) for count in np.diff(unfold(values).ends, prepend=0)]


def scanned(*values: bytes) -> tuple[int, list[bytes]]:
    unfolded = unfold(values)
    chunk = Chunk(unfolded.data, 0, 1, unfolded.room)
    found, rejects = Scanner().scan(chunk)
    return len(found.at), [reject.line for reject in rejects]


@pytest.mark.parametrize(
    "values",
    [
        TEN,
        [line + b"\n" for line in TEN],
        [b"\n".join(TEN)],
        [b"\n".join(TEN[:4]) + b"\n", b"", None, b"\n".join(TEN[4:])],
        [gzip.compress(b"\n".join(TEN[:4])), *TEN[4:]],
    ],
    ids=["one each", "with newlines", "all in one", "mixed with nothing", "gzip"],
)
def test_text_comes_out_line_by_line_however_it_was_packed(values: list[bytes | None]) -> None:
    assert lines(*values) == TEN


def test_every_line_knows_the_value_it_came_in() -> None:
    unfolded = unfold([b"a", None, b"b\nc\n", b"", b"d"])

    assert [1, 1, 3, 3, 4] == unfolded.ends.tolist()
    assert [0, 2, 2, 4] == unfolded.value_of(np.arange(4)).tolist()


def test_a_chunk_can_be_made_of_it_without_copying() -> None:
    unfolded = unfold(TEN)

    assert len(unfolded.data) + PAD == len(unfolded.room)
    assert unfolded.data.base is unfolded.room.base
    assert scanned(*TEN) == (10, [])


def test_nothing_at_all_is_no_lines() -> None:
    assert unfold([]).data.tobytes() == b""
    assert counts(None, b"") == [0, 0]


def test_carriage_returns_and_zero_bytes_stay_where_they_are() -> None:
    assert lines(b"a\0b\r\nc\r\n", b"\0") == [b"a\0b\r", b"c\r", b"\0"]


@given(st.lists(objects, min_size=1, max_size=4), st.sampled_from([None, 0, 2]))
def test_each_object_of_an_array_becomes_a_line(found: list[object], indent: int | None) -> None:
    value = json.dumps(found, indent=indent, ensure_ascii=False).encode()

    assert found == [json.loads(line) for line in lines(value)]


@given(objects.filter(bool), st.sampled_from([0, 2]))
def test_an_object_over_several_lines_becomes_one(found: object, indent: int) -> None:
    value = json.dumps(found, indent=indent).encode()

    assert [found] == [json.loads(line) for line in lines(value)]


def test_one_bad_element_costs_its_neighbours_nothing() -> None:
    bad = [b'{"a":"\xff"}', b'{"a":"\\ud800"}', b'{"a":nothing}', b"7"]
    value = b"[" + b",".join([EVENT % 1, *bad, EVENT % 2]) + b"]"
    read, rejected = scanned(value)

    assert (2, bad) == (read, rejected)


@pytest.mark.parametrize(
    "value",
    [
        b'[{"a":1},\n{"b":2}',
        b'[{"a":1}]]',
        b'[{"a":"x\ny"}]',
        b'[{"a":"x]',
        b'{\n"a":1',
        b'{"resourceLogs":[{"scopeLogs":7}]}',
        b'{"resourceLogs":[\n]}',
        b'{"resourceLogs":' + b"[" * 5000,
        b"\n\x03abc",
        b"\n\x80\x80",
        b"\n\x00",
        gzip.compress(b"abc", mtime=0)[:-1],
        gzip.compress(b"abc", mtime=0) + gzip.compress(b"abc", mtime=0),
        gzip.compress(b"", mtime=0),
        b"\x1f\x8b\n\n\xff",
    ],
)
def test_what_only_looks_packed_is_refused_byte_for_byte(value: bytes) -> None:
    assert (0, value.split(b"\n")) == scanned(value)


@pytest.mark.parametrize("inside", [b"%b", b"[{%b}]", OTLP])
def test_a_bomb_is_refused_and_not_unpacked(inside: bytes) -> None:
    bomb = gzip.compress(inside % (b"0" * (1 << 22)))

    assert lines(bomb) == bomb.split(b"\n")


def test_a_resource_that_swells_every_line_is_refused() -> None:
    resource = b'"resource":{"attributes":[{"key":"k","value":{"stringValue":"%b"}}]}' % (
        b"r" * 9000
    )
    value = b'{"resourceLogs":[{%b,"scopeLogs":[{"logRecords":[%b]}]}]}'
    swelling = value % (resource, b",".join([b"{}"] * 1000))

    assert lines(swelling) == [swelling]


def test_gzip_in_gzip_is_unpacked_once() -> None:
    inner = gzip.compress(b"\n".join(TEN))

    assert b"\n".join(lines(gzip.compress(inner, mtime=0))) == inner


def test_what_gzip_holds_is_looked_at_as_if_it_had_come_so() -> None:
    packed = [b"[" + EVENT % 1 + b"," + EVENT % 2 + b"]", OTLP % (LINE % 3).replace(b'"', b'\\"')]

    assert lines(*packed) == lines(*map(gzip.compress, packed))


def test_repetitive_logs_stay_below_the_bound() -> None:
    log = b"\n".join(LINE % i for i in range(3000))

    assert len(log) < EXPANSION * len(gzip.compress(log, mtime=0))
    assert lines(gzip.compress(log, mtime=0)) == log.split(b"\n")


@given(st.lists(st.sampled_from([*TEN, b"", None, b"[{}]", b"[{}", OTLP, b"\n"])), st.integers(0))
def test_no_value_depends_on_its_neighbours(values: list[bytes | None], cut: int) -> None:
    cut %= len(values) + 1

    assert lines(*values) == lines(*values[:cut]) + lines(*values[cut:])


@given(st.lists(st.binary(max_size=30).map(lambda value: b"[{" + value), min_size=1))
def test_every_value_that_is_not_empty_holds_a_line(values: list[bytes]) -> None:
    assert min(counts(*values)) > 0


def test_a_value_of_two_mebibytes_is_one_line() -> None:
    giant = b"g" * (2 << 20)

    assert [b"a", giant, b"b"] == lines(b"a", giant, b"b")
