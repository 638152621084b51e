"""Maxima keep what a dictionary keeps, and where there are too many, whole visitors."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidence.maxima import Maxima

OVER = 600  # seconds
ROW = st.tuples(st.integers(1, 4), st.integers(1, 3_000), st.integers(0, 99))


def filled(parts: list[list[tuple[int, int, int]]], most: int = 1_000) -> Maxima:
    """Add rows of (who, when, how much) part by part."""
    table = Maxima(1, OVER, most)
    for part in parts:
        columns = np.array(part, np.int64).reshape(-1, 3)
        key, at, value = columns.T
        table.add(key.astype(np.uint64), at, value[:, None].astype(np.float32))
    return table


@given(parts=st.lists(st.lists(ROW, max_size=9), max_size=5))
def test_of_each_visitor_the_most_in_each_window_is_kept(
    parts: list[list[tuple[int, int, int]]],
) -> None:
    known: dict[tuple[int, int], int] = {}
    for who, at, value in (row for part in parts for row in part):
        window = who, (at - 1) // OVER
        known[window] = max(known.get(window, 0), value)

    key, values = filled(parts).rows()

    kept = sorted(zip(key.tolist(), values[:, 0].tolist(), strict=True))
    assert kept == sorted((who, value) for (who, _), value in known.items())


def test_a_tick_belongs_to_the_window_in_which_it_began() -> None:
    key, _ = filled([[(1, OVER, 5), (1, OVER + 1, 5)]]).rows()

    assert key.tolist() == [1, 1]


def test_what_says_nothing_is_no_window() -> None:
    table = Maxima(2, OVER)
    table.add(
        np.array([1, 2], np.uint64),
        np.array([1, 1]),
        np.array([[np.nan, 3], [np.nan, np.nan]], np.float32),
    )

    assert table.rows()[0].tolist() == [1]


def test_where_there_are_too_many_some_visitors_are_kept_with_all_they_did() -> None:
    visitors, windows = 1_000, 5
    rows = [(n, 1 + OVER * w, n) for w in range(windows) for n in range(1, visitors + 1)]

    table = filled([rows], most=1_000)
    key, _ = table.rows()

    _, counts = np.unique(key, return_counts=True)
    assert 0 < len(key) <= 1_000
    assert set(counts.tolist()) == {windows}
    assert table.halvings > 0


def test_who_was_left_out_for_want_of_room_stays_out() -> None:
    rows = [(n, 1, n) for n in range(1, 1_001)]
    table = filled([rows], most=100)
    before = set(table.rows()[0].tolist())

    table.add(
        np.arange(1, 1_001, dtype=np.uint64),
        np.full(1_000, 1 + OVER),
        np.ones((1_000, 1), np.float32),
    )

    assert set(table.rows()[0].tolist()) <= before
