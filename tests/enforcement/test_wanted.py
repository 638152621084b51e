"""Many decisions at once are followed as one after the other, in fewer steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.features import MINUTE
from enforcement import trails as module
from enforcement import wanted
from enforcement.decision import Action
from enforcement.trails import Trails
from enforcement.wanted import FOLLOWED
from tests.enforcement.test_trails import WHO, acted, folded, heard

if TYPE_CHECKING:
    from enforcement.decision import Decision

NOBODY_ASKED = folded([], [])
MANY = 500
Told = st.tuples(st.integers(0, 3 * FOLLOWED), st.sampled_from(Action), st.integers(0, 3))


@given(told=st.lists(Told, max_size=20))
def test_at_once_or_one_by_one_the_same_are_followed(told: list[tuple[int, Action, int]]) -> None:
    said = [acted(at, action, WHO + who, n + 1) for n, (at, action, who) in enumerate(sorted(told))]
    singly = Trails()
    for each in said:
        heard(singly, NOBODY_ASKED, each)

    found, one_by_one = heard(Trails(), NOBODY_ASKED, *said).state(), singly.state()
    assert found["wanted"].tolist() == one_by_one["wanted"].tolist()
    assert np.all(np.diff(found["wanted"]["key"].astype(np.int64)) > 0)


def test_who_comes_back_after_a_day_is_followed_anew() -> None:
    later = FOLLOWED + MINUTE
    trails = heard(Trails(), NOBODY_ASKED, acted(0), acted(later, Action.OBSERVE, name=6))

    [known] = trails.state()["wanted"]
    assert (known["trail"], known["decision"]) == (6, 0)


def crowd(count: int) -> list[Decision]:
    """Challenge so many addresses in one minute."""
    return [acted(n % MINUTE + 1, Action.CHALLENGE, WHO + n, n + 1) for n in range(count)]


def rows_gone_through(monkeypatch: pytest.MonkeyPatch, said: list[Decision]) -> int:
    """Count the rows that are copied to follow whom decisions are about."""
    copied = 0

    def counting(*rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        nonlocal copied
        copied += sum(map(len, rows))
        return wanted.wanted_with(*rows)

    monkeypatch.setattr(module, "wanted_with", counting)
    heard(Trails(), NOBODY_ASKED, *said)
    return copied


def test_twice_the_decisions_take_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    once, twice = (rows_gone_through(monkeypatch, crowd(n)) for n in (MANY, 2 * MANY))

    assert (once, twice) == (MANY, 2 * MANY)


@pytest.mark.parametrize("together", [True, False])
def test_where_nothing_is_told_no_more_are_followed_either(
    monkeypatch: pytest.MonkeyPatch, *, together: bool
) -> None:
    monkeypatch.setattr(module, "MOST", 4)
    said = [acted(30 * n + 1, Action.CHALLENGE, WHO + n, n + 1) for n in range(40)]
    trails = Trails()
    for some in [said] if together else [[each] for each in said]:
        heard(trails, NOBODY_ASKED, *some)

    followed = trails.state()["wanted"]["trail"].tolist()
    assert followed == [35, 36, 37, 38, 39, 40]  # four, and the two of the last minute
