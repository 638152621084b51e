"""How late lines came says how late they may come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.lateness import STEPS, Lateness, counted, enough, no_lags

DAY = 86_400_000


@given(lags=st.lists(st.integers(0, 2 * DAY), max_size=50), lines=st.integers(50, 100_000))
def test_the_lateness_that_is_told_is_enough_and_no_smaller_step_is(
    lags: list[int], lines: int
) -> None:
    told = enough(counted(np.array(lags, np.int64)), lines)
    few = [step for step in STEPS if sum(lag > 1000 * step for lag in lags) <= lines / 1000]

    assert (few[0] if few else None) == told


def test_lags_of_days_ask_for_a_sorted_log() -> None:
    assert enough(counted(np.full(9, 9 * DAY)), 10) is None


def test_nothing_late_is_nothing_counted() -> None:
    assert no_lags().tolist() == counted(np.zeros(0, np.int64)).tolist()


@pytest.mark.parametrize(("first", "allowed"), [(5_000, 2_000), (5_001, 250)])
def test_lines_with_milliseconds_are_waited_for_less(first: int, allowed: int) -> None:
    assert Lateness().of(first) == allowed
