"""Moments are written and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.moments import moment, seconds


def test_a_moment_is_iso_8601_in_utc() -> None:
    assert moment(1_795_521_600) == "2026-11-24T12:00:00Z"


@given(at=st.integers(0, 253_402_300_799))
def test_moments_are_read_back(at: int) -> None:
    assert seconds(moment(at)) == at


@pytest.mark.parametrize("text", ["", "2026-11-24", "2026-11-24T12:00:00", "2026-11-24 12:00:00Z"])
def test_what_is_no_moment_is_shown(text: str) -> None:
    with pytest.raises(ValueError, match="time data"):
        seconds(text)
