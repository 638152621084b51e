"""ISO times are read as `datetime` reads them, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.kernels.iso_time import NO_ZONE, iso

ZONES = st.integers(-1439, 1439).map(lambda m: timezone(timedelta(minutes=m)))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def ms(text: str) -> int:
    return int(iso(np.frombuffer(text.encode() + bytes(64), np.uint8), 0, len(text)))


@given(st.datetimes(datetime(1970, 1, 3), timezones=ZONES), st.sampled_from("Tt "))  # noqa: DTZ001
def test_a_time_is_the_one_that_was_written(at: datetime, between: str) -> None:
    expected = (at - EPOCH) // timedelta(milliseconds=1)
    text = at.isoformat(between)

    assert expected == ms(text)
    assert expected == ms(text.replace(".", ","))
    assert expected == ms(text[:-3] + text[-2:])


@pytest.mark.parametrize("zone", ["Z", "z", "+00", "+0000", "+00:00", "-00:00", " +0000", " Z"])
def test_a_zone_is_written_in_many_ways(zone: str) -> None:
    assert ms("2026-11-23T22:24:26" + zone) == 1_795_472_666_000


def test_a_fraction_may_have_any_length() -> None:
    told = [
        ms(f"2026-11-23T22:24:26.{digits}Z") % 1000 for digits in ("9", "93", "934", "934567891234")
    ]

    assert [900, 930, 934, 934] == told


def test_a_time_without_a_zone_says_so() -> None:
    assert ms("2026-11-23T22:24:26") == NO_ZONE
    assert ms("2026-11-23 22:24:26.934") == NO_ZONE


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-11-23T22:24:26.Z",
            "2026-11-23T22:24:26+",
            "2026-11-23T22:24:26+1",
            "2026-11-23T22:24Z",
        ),
        *(
            "2026-11-23T24:00:00Z",
            "2026-11-23T22:60:00Z",
            "2026-11-23T22:24:60Z",
            "2026-11-23_22:24:26Z",
        ),
        *(
            "2026-02-29T22:24:26Z",
            "2026-04-31T22:24:26Z",
            "2026-13-01T22:24:26Z",
            "1900-02-28T22:24:26Z",
        ),
        *(
            "2026-11-23T22:24:26+24:00",
            "2026-11-23T22:24:26+01:60",
            "2026-11-23T22:24:26Zx",
            "noon",
        ),
        *(
            "2026/11/23T22:24:26Z",
            "2026-11-23T22.24.26Z",
            "2026-11-23T22:24:26 ",
            "20x6-11-23T22:24:26Z",
        ),
    ],
)
def test_what_is_no_time_is_bad(text: str) -> None:
    assert ms(text) < NO_ZONE


def test_a_leap_day_is_a_day() -> None:
    assert ms("2024-02-29T00:00:00Z") == 1_709_164_800_000
