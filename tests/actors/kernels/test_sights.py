"""Sights tell when something was last seen, whatever the order in which it is told."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from actors.kernels.sights import NEVER, WAYS, last_sight

START = 1_770_000_000  # seconds since 1970 UTC
MOMENTS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 40 * 86_400)), min_size=1, max_size=200
)


def table(buckets: int = 1 << 10) -> np.ndarray:
    return np.zeros(buckets * WAYS, np.uint64)


def spread(thing: int) -> np.uint64:
    return np.uint64(thing * 0x9E3779B97F4A7C15 % 2**64)


@given(moments=MOMENTS)
def test_the_latest_time_is_kept_whatever_the_order(moments: list[tuple[int, int]]) -> None:
    sights, latest = table(), dict[int, int]()

    for thing, second in moments:
        before = last_sight(sights, spread(thing), START + second)
        assert before == latest.get(thing, NEVER - START) + START
        latest[thing] = max(latest.get(thing, second), second)


def test_a_full_bucket_forgets_what_was_seen_longest_ago() -> None:
    sights = table(buckets=1)
    for thing in range(1, WAYS + 1):
        last_sight(sights, spread(thing), START + thing)

    last_sight(sights, spread(99), START + 100)

    assert last_sight(sights, spread(2), START + 101) == START + 2
    assert last_sight(sights, spread(1), START + 102) == NEVER


def test_times_are_told_apart_over_four_years() -> None:
    sights, years = table(), 4 * 365 * 86_400
    last_sight(sights, spread(7), START)

    assert last_sight(sights, spread(7), START + years) == START
