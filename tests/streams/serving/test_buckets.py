"""A bucket gives a burst, then a rate, to each name by itself, in bounded room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.serving import buckets
from streams.serving.buckets import Buckets

if TYPE_CHECKING:
    import pytest


def test_a_burst_is_given_at_once_and_then_the_rate() -> None:
    held = Buckets(rate=2, burst=3)

    assert [held.take("a", 0.0) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert held.take("a", 0.5) == 0.0
    assert held.take("a", 0.5) == 0.5


def test_asking_in_vain_costs_nothing_and_rest_fills_no_more_than_a_burst() -> None:
    held = Buckets(rate=1, burst=2)
    for _ in range(50):
        held.take("a", 0.0)

    assert held.take("a", 1.0) == 0.0
    assert [held.take("a", 1000.0) for _ in range(3)] == [0.0, 0.0, 1.0]


def test_one_does_not_pay_for_another() -> None:
    held = Buckets(rate=1, burst=1)
    held.take("a", 0.0)

    assert held.take("b", 0.0) == 0.0


def test_a_rate_of_zero_limits_nobody() -> None:
    assert [Buckets(0, 1).take("a", 0.0) for _ in range(3)] == [0.0] * 3


def test_a_clock_that_goes_back_gives_nothing() -> None:
    held = Buckets(rate=1, burst=1)
    held.take("a", 100.0)

    assert held.take("a", 0.0) == 1.0
    assert held.take("a", 0.5) == 0.5


def test_room_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MOST", 10)
    held = Buckets(rate=1, burst=1)
    for name in range(100):
        held.take(str(name), 0.0)

    assert len(held) == 10
