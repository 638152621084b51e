"""The baseline is what newcomers did by two minutes ago, over the last day."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.baseline import COUNTS, GRACE, Baseline, minute_of
from actors.features import Habit

NOON = 29_000_160  # minutes since 1970, where a pane of four hours begins
assert NOON % 240 == 0


def known(*newcomers: tuple[int, int]) -> Baseline:
    """Know of newcomers (minute after NOON, how many), none of whom opened a page."""
    baseline = Baseline()
    for minute, count in newcomers:
        baseline.add(np.array([NOON + minute]), np.array([[count, 0, *[count] * (COUNTS - 2)]]))
    return baseline


def opened(baseline: Baseline, minute: float) -> float:
    return float(baseline.shares(np.array([int((NOON + minute) * 60) + 1]))[0, 0])


def test_nobody_came_so_everybody_opens_pages() -> None:
    assert opened(known(), 5) == 1.0


def test_that_a_site_speaks_http_2_must_be_seen_before_it_is_believed() -> None:
    after = np.array([(NOON + 5) * 60 + 1])

    assert Baseline().shares(after)[0, Habit.SPOKE_HTTP_2] == 0.0
    assert known((0, 60)).shares(after)[0, Habit.SPOKE_HTTP_2] == 60 / (60 + GRACE)


@pytest.mark.parametrize(("minute", "share"), [(1.9, 1.0), (2, GRACE / 30), (1_439, GRACE / 30)])
def test_newcomers_count_from_two_minutes_later_on(minute: float, share: float) -> None:
    assert opened(known((0, 10)), minute) == pytest.approx(share)


def test_newcomers_of_yesterday_count_no_more() -> None:
    assert opened(known((0, 10), (1_440, 5)), 1_442) == pytest.approx(GRACE / 25)


def test_a_tick_belongs_to_the_minute_in_which_it_began() -> None:
    assert minute_of(np.array([60, 61, 120])).tolist() == [0, 1, 1]


@given(
    minutes=st.lists(st.integers(0, 4_000), min_size=1, max_size=40),
    at=st.lists(st.integers(0, 4_100), max_size=10),
)
def test_it_counts_as_one_would_by_hand(minutes: list[int], at: list[int]) -> None:
    baseline, come = Baseline(), sorted(minutes)
    for minute in come:
        baseline.add(np.array([NOON + minute]), np.array([[1, 0, *[1] * (COUNTS - 2)]]))
    newest = come[-1]
    for minute in (m for m in at if m >= newest):
        last = minute - 2
        first = (last // 240 - 5) * 240
        count = sum(first <= m <= last for m in come)
        assert opened(baseline, minute) == pytest.approx(GRACE / (GRACE + count))


@given(cut=st.integers(0, 60))
def test_parts_of_a_site_add_up_to_the_whole(cut: int) -> None:
    rng = np.random.default_rng(5)
    minute, counts = np.sort(rng.integers(0, 90, 60)) + NOON, rng.integers(0, 5, (60, COUNTS))
    whole, parts = Baseline(), Baseline()
    whole.add(minute, counts)
    parts.add(minute[:cut], counts[:cut])
    parts.add(minute[cut:], counts[cut:])
    again = Baseline()
    again.restore(parts.state())

    at = (NOON + np.arange(60, 200)) * 60
    assert np.array_equal(whole.shares(at), parts.shares(at))
    assert np.array_equal(whole.shares(at), again.shares(at))
