"""Numbers, times and strangers' texts are written for people."""

from __future__ import annotations

import pytest

from evidence.words import clipped, counted, dated, lasting, percent, size


def test_numbers_are_written_with_their_thing() -> None:
    assert counted(1, "picture") == "1 picture"
    assert counted(2_000, "picture") == "2,000 pictures"
    assert (size(999), size(24_600_000_000)) == ("999 bytes", "24.6 GB")
    assert (lasting(3600), lasting(90)) == ("1 hour", "1.5 minutes")
    assert dated(1_795_521_600) == "2026-11-24 12:00:00"


@pytest.mark.parametrize(("part", "said"), [(0, "0 %"), (1, "0.1 %"), (94, "9.4 %"), (500, "50 %")])
def test_shares_keep_what_is_small(part: int, said: str) -> None:
    assert percent(part, 1000) == said


def test_of_nothing_there_is_no_share() -> None:
    assert percent(0, 0) == "0 %"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (b"\x1b[31mred", "\\x1b[31mred"),
        (b"\xff\x00", "\\xff\\x00"),
        ("right-to-left \u202e", "right-to-left \\u202e"),
        (b"a" * 400, "a" * 300 + "…"),
    ],
)
def test_strangers_texts_cannot_steer_what_shows_them(text: bytes | str, shown: str) -> None:
    assert clipped(text) == shown
