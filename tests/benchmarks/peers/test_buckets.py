"""Buckets in columns agree with buckets that are poured into one request at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.quality.peers.buckets import crowded, levels, refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

PERIOD, MOST = 100, 2_100  # 10r/s, burst=20
Columns = tuple["NDArray[np.int64]", "NDArray[np.int64]"]


def poured(columns: Columns, most: float) -> tuple[list[int], list[bool]]:
    """Fill buckets one request after another: levels, and which were refused."""
    level: dict[int, int] = {}
    last: dict[int, int] = {}
    told, no = [], []
    for key, at in zip(*(column.tolist() for column in columns), strict=True):
        left = max(level.get(key, 0) - (at - last.get(key, at)), 0)
        full = left + PERIOD > most
        level[key], last[key] = left if full else left + PERIOD, at
        told.append(level[key])
        no.append(full)
    return told, no


@pytest.fixture(params=range(20))
def columns(request: pytest.FixtureRequest) -> Columns:
    rng = np.random.default_rng([request.param, 31])
    key = np.sort(rng.integers(0, 6, 2_000))
    pause = rng.choice([5, 60, 150, 4_000], 6)[key]
    at = rng.exponential(pause).astype(np.int64).cumsum()
    return key, at


def test_levels_are_those_of_buckets_that_never_refuse(columns: Columns) -> None:
    told, _ = poured(columns, float("inf"))

    assert levels(*columns, PERIOD).tolist() == told


def test_refused_are_those_that_overfill_when_what_was_refused_is_not_counted(
    columns: Columns,
) -> None:
    _, no = poured(columns, MOST)

    assert refused(*columns, PERIOD, MOST).tolist() == no


def test_a_grid_of_thirty_at_once_loses_its_last_nine() -> None:
    at = np.zeros(30, np.int64)

    assert np.flatnonzero(refused(at, at, PERIOD, MOST)).tolist() == list(range(21, 30))


def test_the_fifth_within_the_time_is_one_too_many_and_no_fifth_later() -> None:
    key = np.repeat([1, 2], 5)
    at = np.r_[np.arange(5) * 100, np.arange(5) * 200]

    assert np.flatnonzero(crowded(key, at, 5, 400)).tolist() == [4]


def test_nobody_is_nothing() -> None:
    none = np.zeros(0, np.int64)

    assert not len(levels(none, none, PERIOD)) + len(refused(none, none, PERIOD, MOST))
