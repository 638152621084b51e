"""However the rows reach the docket, it says the same to the byte."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.features import DAY, HOUR, MINUTE, Feature
from actors.frame import Frame, Scope
from detectors.roster import ROSTER
from enforcement.decision import Decision, Signal
from enforcement.docket import Docket
from enforcement.pardons import Pardons
from enforcement.policy import Policy
from tests.scene import counts, frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.scene import Column

QUIET = Policy(quiet=1500)
TIGHT = Policy(entries=6)
SMALL = Policy(block_lasts=1200, observe_lasts=900, forgiven=20 * HOUR)
Heard = tuple[list[Signal], list[Decision]]


def name(actors: Frame, row: int) -> str:
    return str(actors.actor[row])


def traffic(seed: int) -> Frame:
    """Draw some hours of a few actors, once each per tick of ten minutes."""
    dice = np.random.default_rng(seed)
    ticks, actors = int(dice.integers(1, 40)), int(dice.integers(1, 12))
    grid = np.argwhere(dice.random((ticks, actors)) < dice.uniform(0.1, 0.9))
    rows = len(grid)

    def some(most: float) -> NDArray[np.float64]:
        return np.floor(most * dice.random(rows) ** 3)

    values: dict[Feature, Column] = {
        **counts(10 * MINUTE, PICTURES=some(500)),
        **counts(HOUR, PICTURES=some(200), OWNERS=some(80), NUMBERED=some(99), STEPS=some(99)),
        **counts(DAY, AGENTS=some(8), MEMBERS=some(8)),
    }
    scope = dice.choice([Scope.ADDRESS, Scope.NETWORK])
    at, actor = (grid[:, 0] * 600 + 1_777_636_800).tolist(), (grid[:, 1] + 1).tolist()
    return frame(values, scope=Scope(scope), at=at, actor=actor)


def pieces(whole: Frame, cuts: list[int]) -> list[Frame]:
    edges = [0, *sorted(cut % (len(whole) + 1) for cut in cuts), len(whole)]
    return [part(whole, slice(a, b)) for a, b in itertools.pairwise(edges)]


def part(whole: Frame, rows: slice) -> Frame:
    columns = {feature: column[rows] for feature, column in whole.columns.items()}
    at, actor, row = whole.at[rows], whole.actor[rows], whole.row[rows]
    return replace(whole, at=at, actor=actor, row=row, columns=columns)


def docket(policy: Policy) -> Docket:
    return Docket(ROSTER, {}, policy, Pardons(), "settings")


def heard(policy: Policy, parts: list[Frame], *, restart: bool) -> Heard:
    judge, signals, decisions = docket(policy), list[Signal](), list[Decision]()
    for each in parts:
        said = judge.hear([each], name)
        signals += said[0]
        decisions += said[1]
        if restart:
            state, judge = judge.state(), docket(policy)
            judge.restore(state)
    return signals, decisions


@pytest.mark.parametrize(
    "policy", [Policy(), SMALL, TIGHT, QUIET], ids=["usual", "short", "tight", "quiet"]
)
@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32 - 1),
    cuts=st.lists(st.integers(0, 500), max_size=8),
    restart=st.booleans(),
)
def test_any_cut_and_any_restart_say_the_same(
    policy: Policy, seed: int, cuts: list[int], *, restart: bool
) -> None:
    whole = traffic(seed)

    assert repr(heard(policy, [whole], restart=False)) == repr(
        heard(policy, pieces(whole, cuts), restart=restart)
    )


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_one_row_at_a_time_says_the_same(seed: int) -> None:
    whole = traffic(seed)
    rows = [part(whole, slice(row, row + 1)) for row in range(len(whole))]

    assert repr(heard(SMALL, [whole], restart=False)) == repr(heard(SMALL, rows, restart=False))


def test_the_drawn_traffic_leads_to_every_action() -> None:
    found = [d for seed in range(20) for d in docket(SMALL).hear([traffic(seed)], name)[1]]

    assert {d.action for d in found} == {0, 1, 2, 3, 4}
    assert max(d.until - d.at for d in found) > 2 * SMALL.block_lasts
