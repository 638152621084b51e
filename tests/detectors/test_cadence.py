"""Cadence: the beat of a clock."""

from __future__ import annotations

import numpy as np
import pytest

from actors.features import DAY, HOUR, MINUTE
from detectors.cadence import Cadence
from tests.scene import rhythm, score

DICE = np.random.default_rng(3)


@pytest.mark.parametrize("over", [10 * MINUTE, HOUR, DAY])
def test_an_even_draw_from_six_to_twelve_seconds_is_certain(over: int) -> None:
    assert score(Cadence(), rhythm(over, DICE.uniform(6, 12, 60))) == 1.0


def test_an_even_draw_from_half_a_second_to_three_is_suspicious() -> None:
    assert 0.2 < score(Cadence(), rhythm(HOUR, DICE.uniform(0.5, 3, 2_000))) < 0.8


def test_a_burst_as_fast_as_the_line_allows_is_missed() -> None:
    assert score(Cadence(), rhythm(10 * MINUTE, np.full(500, 0.25))) == 0.0


def test_whole_seconds_of_a_quick_reader_are_no_rhythm() -> None:
    assert score(Cadence(), rhythm(HOUR, np.ones(50))) == 0.0


def test_a_persons_pauses_are_innocent() -> None:
    assert score(Cadence(), rhythm(HOUR, DICE.lognormal(2, 1, 300))) == 0.0


def test_nineteen_gaps_prove_nothing() -> None:
    assert score(Cadence(), rhythm(HOUR, np.full(19, 10.0))) == 0.0
