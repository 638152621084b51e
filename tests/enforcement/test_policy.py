"""Policy: the ladder and its bounds."""

from __future__ import annotations

import numpy as np
import pytest

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.policy import NOTHING, Policy

POLICY = Policy()
FAMILIES = ("volume", "shape")


@pytest.mark.parametrize(
    ("nats", "action"),
    [
        (2.9, None),
        (3.0, Action.OBSERVE),
        (4.0, Action.DEGRADE),
        (6.0, Action.THROTTLE),
        (8.5, Action.CHALLENGE),
        (11.5, Action.BLOCK),
    ],
)
def test_the_ladder_has_five_rungs(nats: float, action: Action | None) -> None:
    assert action == POLICY.action_for((nats - 1.0, 1.0), FAMILIES)


def test_one_family_only_slows_down_however_sure() -> None:
    assert POLICY.action_for((99.0, 0.0), FAMILIES) is Action.THROTTLE


def test_a_whisper_is_no_second_family() -> None:
    assert POLICY.action_for((99.0, 0.49), FAMILIES) is Action.THROTTLE


def test_two_detectors_of_one_family_are_one_family() -> None:
    assert POLICY.action_for((9.0, 9.0), ("shape", "shape")) is Action.THROTTLE


def bounded(
    scope: Scope, people: float, members: float, owners: float = 0, rung: Action = Action.BLOCK
) -> int:
    counts = (np.array([count], np.float64) for count in (people, members, owners))
    return int(POLICY.bounded(scope, np.array([rung], np.int8), *counts)[0])


def test_a_shared_address_is_challenged_at_most() -> None:
    assert bounded(Scope.ADDRESS, people=5, members=1) == Action.CHALLENGE
    assert bounded(Scope.ADDRESS, people=4, members=1) == Action.BLOCK


def test_what_would_challenge_one_person_only_slows_a_crowd_down() -> None:
    assert bounded(Scope.ADDRESS, people=5, members=1, rung=Action.CHALLENGE) == Action.THROTTLE
    assert bounded(Scope.ADDRESS, people=5, members=1, rung=Action.THROTTLE) == Action.THROTTLE
    assert bounded(Scope.ADDRESS, people=4, members=1, rung=Action.CHALLENGE) == Action.CHALLENGE


def test_who_takes_the_pictures_of_one_owner_may_be_that_owner() -> None:
    assert bounded(Scope.ADDRESS, people=1, members=1, owners=1) == Action.CHALLENGE
    assert bounded(Scope.ADDRESS, people=1, members=1, owners=2) == Action.BLOCK


def test_a_network_with_people_in_it_is_watched_only() -> None:
    assert bounded(Scope.NETWORK, people=5, members=200) == Action.OBSERVE


def test_a_network_where_one_in_ten_loads_pages_is_watched_only() -> None:
    assert bounded(Scope.NETWORK, people=4, members=39) == Action.OBSERVE
    assert bounded(Scope.NETWORK, people=4, members=41) == Action.BLOCK


def test_a_network_of_three_is_left_to_its_addresses() -> None:
    assert bounded(Scope.NETWORK, people=0, members=3) == NOTHING
    assert bounded(Scope.NETWORK, people=0, members=4) == Action.BLOCK


def test_each_return_doubles_up_to_a_week() -> None:
    rungs, returns = np.full(5, Action.BLOCK), np.array([0, 1, 2, 8, 2_000_000], np.int32)

    assert POLICY.lasts(rungs, returns).tolist() == [3600, 7200, 14400, 604_800, 604_800]
