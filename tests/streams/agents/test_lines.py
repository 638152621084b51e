"""Many records in a message are the records, in their order, and no message is too large."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from streams.agents.lines import LARGEST, packed


class Word(msgspec.Struct):
    """A record of any size."""

    said: str


@given(st.lists(st.integers(0, 3 * LARGEST // 4), max_size=8))
def test_records_come_back_and_messages_stay_small(sizes: list[int]) -> None:
    words = [Word(f"{number}".ljust(size, "x")) for number, size in enumerate(sizes)]

    messages = list(packed(words))

    lines = [line for message in messages for line in message.split(b"\n")]
    assert words == [msgspec.json.decode(line, type=Word) for line in lines]
    assert [m for m in messages if len(m) > LARGEST and b"\n" in m] == []


def test_nothing_is_no_message() -> None:
    assert list(packed([])) == []


def test_small_records_share_a_message() -> None:
    assert len(list(packed([Word("x")] * 1000))) == 1
