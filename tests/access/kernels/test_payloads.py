"""The payload kernels agree to the byte with plain Python."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from access.batch import PAD
from access.kernels import payloads

BLANKS = b" \t\n\v\f\r"
TOKEN = re.compile(rb'"(?:[^"\\\n]|\\[^\n])*"|[^"]', re.DOTALL)
KEY = b'"resourceLogs"'
PIECES = [
    *(b"[", b"{", b"]", b"}", b",", b'"', b"\\", b"\n", b"\r", b" ", b"a", b"\0", b"\x0a\x02"),
    *(b'{"a":1}', b'"x,]"', b"[{", KEY, b"\x1f\x8b\x08", b"\x80", b"x" * 60),
]
values = st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join)


def shape(value: bytes) -> int:
    if len(value) < 2:
        return payloads.LINES
    if value[0] == 10 and leads_on(value):
        return payloads.OTLP_WIRE
    if value.startswith(b"\x1f\x8b"):
        return payloads.GZIP
    bare = value.lstrip(BLANKS)
    inner = bare[1:].lstrip(BLANKS)
    if bare[:1] == b"[" and inner[:1] == b"{":
        return payloads.ARRAY
    if bare[:1] != b"{" or not inner:
        return payloads.LINES
    sight = value[: payloads.SIGHT + len(KEY) - 1]
    if sight.find(KEY, len(value) - len(inner)) != -1:
        return payloads.OTLP_JSON
    return payloads.OBJECT if b"\n" in bare[: len(bare) - len(inner)] else payloads.LINES


def leads_on(value: bytes) -> bool:
    head = re.match(rb"\n([\x80-\xff]{0,4}[\0-\x7f]|[\x80-\xff]{5})", value)
    if not head:
        return False
    length = sum((byte & 0x7F) << 7 * i for i, byte in enumerate(head[1]))
    end = head.end() + length
    return value[end : end + 1] == b"\n" or end == len(value)


def part(array: bytes) -> bytes | None:
    bare, out, depth, p = array.lstrip(BLANKS)[1:], b"", 1, 0
    while token := TOKEN.match(bare, p):
        p, byte = token.end(), token[0]
        depth += (byte in {b"[", b"{"}) - (byte in {b"]", b"}"})
        if depth == 0:
            return out if byte == b"]" and not bare[p:].strip(BLANKS) else None
        comma = byte == b"," and depth == 1
        out += b"\n" if comma else b" " if byte == b"\n" else byte
    return None


def laid(given_values: list[bytes]) -> tuple[bytes, list[int]]:
    whole = [value if value[-1:] in {b"\n", b""} else value + b"\n" for value in given_values]
    return b"".join(whole), np.cumsum([value.count(b"\n") for value in whole]).tolist()


def joined(given_values: list[bytes]) -> tuple[np.ndarray, np.ndarray]:
    stops = np.cumsum([len(value) for value in given_values], dtype=np.int64)
    return np.frombuffer(b"".join(given_values), np.uint8), stops


@given(st.lists(values, min_size=1, max_size=6))
@example([b"{" + b" " * (payloads.SIGHT - 2) + KEY, b"{" + b" " * (payloads.SIGHT - 1) + KEY])
@example([b"{\n" + KEY[:-1], b'"', b"\n\xff\xff\xff\xff\xff", b"\n\x80\x80\x80\x80\x00"])
def test_shapes_are_told_by_the_first_bytes(given_values: list[bytes]) -> None:
    found = payloads.shapes(*joined(given_values)).tolist()

    assert [shape(value) for value in given_values] == found


@given(values.map(lambda value: b" [" + value), st.sampled_from([b"", b"]", b"}]", b'"}]\n']))
@example(b'[{"a":"\\"', b'"}]')
@example(b'[{"a":"\\', b"\n]")
def test_arrays_are_parted_at_their_own_commas(value: bytes, end: bytes) -> None:
    array = np.frombuffer(value + end, np.uint8)
    out = np.empty(len(array), np.uint8)
    used = payloads.part(array, out)

    assert part(value + end) == (None if used == payloads.BROKEN else out[:used].tobytes())


@given(st.lists(st.one_of(values, st.sampled_from([b"", b"\n", b"x" * 90])), max_size=8))
def test_values_are_laid_end_to_end_and_their_lines_counted(given_values: list[bytes]) -> None:
    source, stops = joined(given_values)
    out = np.full(len(source) + len(stops) + PAD, 10, np.uint8)
    ends = np.empty(len(stops), np.int64)
    used = payloads.lay(source, stops, out, ends)

    assert laid(given_values) == (out[:used].tobytes(), ends.tolist())
