"""A distribution tells quantiles that no few visitors can move."""

from __future__ import annotations

import numpy as np
import pytest

from actors.frame import Scope
from evidence.distribution import ENOUGH, PEERS, Distribution, described
from evidence.quantities import PICTURES_10MIN


def distribution(values: dict[int, list[float]]) -> Distribution:
    """Describe what each visitor did, window by window."""
    key = np.array([k for k, each in values.items() for _ in each], np.uint64)
    column = np.array([value for each in values.values() for value in each], np.float64)
    return described(PICTURES_10MIN, Scope.ADDRESS, key, column, 1)


def people(count: int, value: float = 3.0) -> dict[int, list[float]]:
    return {number: [value] for number in range(1, count + 1)}


def test_quantiles_are_those_of_windows() -> None:
    seen = distribution({number: [float(number)] for number in range(1, 20_001)})

    assert seen.quantiles == (10_000, 19_000, 19_800, 19_980)
    assert (seen.windows, seen.visitors, seen.most) == (20_000, 20_000, 20_000)


def test_one_visitor_who_stays_for_long_is_not_the_measure() -> None:
    seen = distribution({**people(ENOUGH), 0: [900.0] * 500})

    assert seen.at(0.999) == 3
    assert seen.most == 900


@pytest.mark.parametrize(("loud", "found"), [(PEERS - 1, 3), (PEERS, 900)])
def test_what_ten_visitors_do_is_a_habit(loud: int, found: float) -> None:
    seen = distribution(
        {**people(ENOUGH), **{n: [900.0] * 9 for n in range(20_000, 20_000 + loud)}}
    )

    assert seen.at(0.999) == found


def test_who_is_above_is_counted_by_windows_and_by_visitors() -> None:
    seen = distribution({1: [5.0, 7.0], 2: [7.0], 3: [6.0]})

    assert (seen.above(6.0), seen.visitors_above(6.0)) == (2, 2)
    assert (seen.above(4.0), seen.visitors_above(4.0)) == (4, 3)


@pytest.mark.parametrize(("windows", "enough"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_fewer_windows_than_show_a_quantile_are_not_enough(windows: int, enough: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert distribution(people(windows)).enough is enough


def test_nobody_is_described_as_nobody() -> None:
    seen = distribution({})

    assert (seen.windows, seen.visitors, seen.most, seen.enough) == (0, 0, 0.0, False)
