"""Trails say what those asked for last who are challenged or blocked, and never who they are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.event import Kind, Outcome
from actors.features import MINUTE
from actors.frame import Scope
from actors.pairs import Folded
from enforcement import trails as module
from enforcement.decision import Action
from enforcement.trails import LENGTH, Seen, Trails
from enforcement.wanted import FOLLOWED
from tests.actors.traffic import START, batch_of
from tests.evidence.scenes import decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from enforcement.decision import Decision

SECOND = START // 1000
NOON = SECOND // MINUTE  # START is a whole minute
WHO = (0xFFFF << 32) + 0xC6120001
ALL = (NOON - 1, NOON + 1_000_000)


def folded(second: ArrayLike, serial: ArrayLike, who: ArrayLike = WHO, **more: ArrayLike) -> Folded:
    """Ask for numbered pictures so many seconds after noon."""
    at = START + np.asarray(second, np.int64) * 1000
    things: dict[str, ArrayLike] = {
        "kind": Kind.PICTURE,
        "picture": np.asarray(serial) + 1,
        "serial": serial,
    }
    batch = batch_of({"at": at, "address": who, **things, **more})
    rows, nothing = np.arange(len(at)), np.zeros(len(at))
    end = batch.at // 1000 + 1
    return Folded(batch, rows, end, nothing.astype(np.uint16), nothing.astype(np.uint8))


def acted(second: int, action: Action = Action.BLOCK, who: int = WHO, name: int = 5) -> Decision:
    made = decision(action=action)
    return replace(made, id=f"{name:016x}", at=SECOND + second, key=who)


def heard(
    trails: Trails, asked: Folded, *decisions: Decision, span: tuple[int, int] = ALL
) -> Trails:
    trails.hear(Seen.of(asked, asked.batch.address), span, decisions)
    return trails


def serials(told: NDArray[np.void]) -> list[int]:
    numbers: list[int] = told["step"]["serial"].tolist()
    return numbers


def test_what_is_asked_for_after_a_block_is_told_once_the_minute_is_over() -> None:
    trails = heard(Trails(), folded([10, 20, 30], [1, 2, 3]), acted(15))

    assert serials(trails.close(NOON - 1)) == []
    told = trails.close(NOON)
    assert serials(told) == [2, 3]
    assert (told["said"][0], told["decision"][0], told["since"][0]) == (NOON, 5, SECOND + 15)
    assert serials(trails.close(NOON)) == []


def test_the_way_to_a_block_is_told_from_the_first_action_on() -> None:
    trails = heard(Trails(), folded([10, 20, 30], [1, 2, 3]), acted(5, Action.OBSERVE))

    assert serials(trails.close(NOON)) == []
    heard(trails, folded([70], [4]), acted(65, name=6))
    told = trails.close(NOON + 1)
    assert serials(told) == [1, 2, 3, 4]
    assert set(told["said"].tolist()) == {NOON + 1}
    assert set(told["decision"].tolist()) == {6}


def test_who_is_only_slowed_down_is_told_of_nobody() -> None:
    trails = heard(Trails(), folded(np.arange(1, 40), np.arange(1, 40)), acted(0, Action.THROTTLE))

    assert serials(trails.close(NOON + 5)) == []


def test_only_the_last_pictures_of_a_minute_are_told() -> None:
    trails = heard(Trails(), folded(np.arange(1, 50), np.arange(1, 50)), acted(0))

    assert serials(trails.close(NOON)) == list(range(50 - LENGTH, 50))


@pytest.mark.parametrize("scope", [Scope.NETWORK, Scope.SESSION, Scope.ACCOUNT])
def test_only_addresses_are_followed(scope: Scope) -> None:
    trails = heard(Trails(), folded([10], [1]), replace(acted(0), scope=scope))

    assert serials(trails.close(NOON)) == []


def test_what_was_refused_is_marked() -> None:
    asked = folded([10, 20], [1, 2], outcome=[Outcome.DELIVERED, Outcome.REFUSED])

    assert heard(Trails(), asked, acted(0)).close(NOON)["step"]["refused"].tolist() == [0, 1]


def test_nobody_is_followed_for_longer_than_a_day() -> None:
    trails = heard(Trails(), folded([10], [1]), acted(0))
    trails.close(NOON)
    late = folded([FOLLOWED + 1], [2])

    assert serials(heard(trails, late).close(NOON + FOLLOWED)) == []
    again = heard(trails, folded([FOLLOWED + 30], [3]), acted(FOLLOWED + 20, name=9))
    assert again.close(NOON + FOLLOWED)["trail"].tolist() == [9]


def test_of_too_many_those_are_followed_whom_decisions_were_about_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    who = WHO + np.arange(6)
    made = [acted(n, who=int(k), name=n + 1) for n, k in enumerate(who.tolist())]
    trails = heard(Trails(), folded(np.full(6, 10), np.arange(6), who), *made)
    trails.close(NOON)

    told = heard(trails, folded(np.full(6, 70), np.arange(6), who)).close(NOON + 1)
    assert told["trail"].tolist() == [4, 5, 6]


def test_no_address_is_told() -> None:
    told = heard(Trails(), folded([10], [1]), acted(0)).close(NOON).tobytes()

    assert np.uint64(WHO).tobytes() not in told
    assert np.uint32(WHO & 0xFFFF_FFFF).tobytes() not in told


@given(seed=st.integers(0, 2**32 - 1), cuts=st.lists(st.integers(1, 599), max_size=6))
def test_how_requests_are_cut_changes_no_trail(seed: int, cuts: Sequence[int]) -> None:
    rng = np.random.default_rng(seed)
    second = np.sort(rng.integers(0, 600, 90))
    asked = folded(second, np.arange(90), WHO + rng.integers(0, 4, 90))
    taken = [
        acted(int(at), Action(int(rng.integers(0, 5))), WHO + int(rng.integers(0, 4)), name + 1)
        for name, at in enumerate(np.sort(rng.integers(1, 600, 9)))
    ]
    span = NOON, NOON + 10
    whole = heard(Trails(), asked, *taken, span=span).close(NOON + 10)
    edges = sorted({0, 600, *cuts})
    trails, parts = Trails(), []
    for begins, ends in pairwise(edges):
        rows = np.flatnonzero((second >= begins) & (second < ends))
        some = [d for d in taken if begins < d.at - SECOND <= ends]
        part = folded(second[rows], np.arange(90)[rows], asked.batch.address[rows])
        heard(trails, part, *some)
        if rng.random() < 0.5:
            again = Trails()
            again.restore(trails.state())
            trails = again
        parts.append(trails.close(NOON + ends // MINUTE - 1))
    parts.append(trails.close(NOON + 10))

    found = np.concatenate(parts)
    assert sorted(map(str, found.tolist())) == sorted(map(str, whole.tolist()))
    for trail in np.unique(whole["trail"]):
        one, other = (told[told["trail"] == trail] for told in (whole, found))
        assert one["step"]["at"].tolist() == other["step"]["at"].tolist()
