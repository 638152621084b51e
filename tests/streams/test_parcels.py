"""Messages hold whole lines, all of them, in order, and none is too big."""

from __future__ import annotations

from base64 import b64decode

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.lines import Chunk
from access.payloads import unfold
from streams.parcels import ALONE, PIECE, REJECTS, Packing, Parcel

lines = st.lists(st.sampled_from([b"", b"a", b"bb", b"c" * 20, b"d" * 45]), max_size=30)


def packed(data: bytes, packing: Packing, first: int = 1) -> list[Parcel]:
    chunk = Chunk(np.frombuffer(data, np.uint8), 0, first)
    return list(packing.parcels(chunk, "access.log"))


def ended(found: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in found)


@given(lines, st.integers(1, 60), st.none() | st.integers(1, 5))
def test_messages_are_the_log_when_they_are_joined(
    found: list[bytes], most: int, few: int | None
) -> None:
    parcels = packed(ended(found), Packing("log", most, few))

    assert ended(found) == b"".join(parcel.value for parcel in parcels)
    assert [parcel.value.count(b"\n") for parcel in parcels] == [p.lines for p in parcels]
    assert all(p.lines == 1 or len(p.value) <= most for p in parcels)
    assert all(p.lines <= (few or p.lines) for p in parcels)


@given(lines, st.integers(1, 60), st.none() | st.integers(1, 5))
def test_what_was_packed_unfolds_to_the_same_lines(
    found: list[bytes], most: int, few: int | None
) -> None:
    values = [parcel.value for parcel in packed(ended(found), Packing("log", most, few))]

    assert ended(found) == unfold(values).data.tobytes()


def test_messages_are_as_full_as_they_may_be() -> None:
    parcels = packed(b"four\n" * 10, Packing("log", most=20))

    assert [4, 4, 2] == [parcel.lines for parcel in parcels]


@pytest.mark.parametrize("length", [ALONE, 3000])
def test_a_long_line_has_a_message_for_itself(length: int) -> None:
    line = b"x" * length + b"\n"
    parcels = packed(b"a\n" + line + b"b\n", Packing("log", most=1000))

    assert [b"a\n", line, b"b\n"] == [parcel.value for parcel in parcels]


def test_a_line_that_is_too_long_goes_to_the_rejects_byte_for_byte() -> None:
    line = bytes(range(11, 256)) * (2 * ALONE // 245)
    before, *rest, after = packed(b"a\n" + line + b"\nb\n", Packing("log"), first=7)
    records = [msgspec.json.decode(parcel.value) for parcel in rest]

    assert [b"a\n", b"b\n"] == [before.value, after.value]
    assert line == b"".join(b64decode(record["base64"]) for record in records)
    assert {("access.log", 8)} == {(record["source"], record["line"]) for record in records}
    assert [b"access.log:8:%d" % (i * PIECE) for i in range(4)] == [p.key for p in rest]
    assert [0, 0, 0, 1] == [parcel.lines for parcel in rest]
    assert {REJECTS} == {parcel.topic for parcel in rest}
    assert max(len(parcel.value) for parcel in rest) < 1_000_000
