"""Peaks: held scores fade and are never added twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.peaks import NONE, held, levels, running


def test_half_is_left_after_a_half_life() -> None:
    age = np.array([100.0])

    assert held(levels(np.array([0.8]), age), age + 1, 0.01) == pytest.approx([0.4])


def test_what_is_faint_is_gone() -> None:
    assert held(levels(np.array([0.5]), np.zeros(1)), np.array([6.0]), 0.01).tolist() == [0.0]


def test_a_score_of_nothing_has_no_level() -> None:
    assert levels(np.zeros(1), np.zeros(1)).tolist() == [NONE]


@given(seed=st.integers(0, 2**32 - 1))
def test_the_running_peak_is_that_of_a_loop(seed: int) -> None:
    dice = np.random.default_rng(seed)
    slot = np.sort(dice.integers(0, 4, int(dice.integers(0, 40))))
    level = dice.normal(size=(len(slot), 2))
    stored = dice.normal(size=(4, 2))
    best, expected = stored.copy(), []
    for row, place in enumerate(slot):
        best[place] = np.maximum(best[place], level[row])
        expected.append(best[place].tolist())

    assert running(level, slot, stored).tolist() == expected
