"""Times are read as the calendar has them, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.kernels.clf_time import BAD, clf
from tests.access import text_twin

GOOD = b"29/Feb/2028:23:59:59 -0330"


def compiled(text: bytes) -> int | None:
    buffer = np.zeros(64, np.uint8)
    buffer[: len(text)] = np.frombuffer(text, np.uint8)
    at = int(clf(buffer, 0))
    return None if at == BAD else at


def test_every_day_since_the_year_one_is_read() -> None:
    day = datetime(1, 1, 1, tzinfo=UTC)

    while day.year < 9999:
        text = day.strftime("%d/%b/") + f"{day.year:04d}:00:00:00 +0000"
        assert int(day.timestamp()) * 1000 == compiled(text.encode())
        day += timedelta(days=61)


@given(day=st.integers(0, 33), month=st.sampled_from(text_twin.MONTHS), year=st.integers(0, 9999))
def test_only_days_of_the_calendar_are_read(day: int, month: bytes, year: int) -> None:
    text = b"%02d/%s/%04d:10:11:12 +0100" % (day, month, year)

    assert text_twin.clf(text) == compiled(text)


@pytest.mark.parametrize("place", range(len(GOOD)))
def test_every_byte_counts(place: int) -> None:
    for byte in range(256):
        text = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
        assert text_twin.clf(text) == compiled(text)


def test_a_time_without_a_zone_is_none() -> None:
    assert compiled(b"29/Feb/2028:23:59:59]     ") is None
