"""Policy: the ladder and its bounds."""

from __future__ import annotations

import numpy as np
import pytest

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.policy import NOTHING, Policy
from enforcement.sharing import Shared

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


def one(**counts: float) -> Shared:
    return Shared(*(np.array([counts.get(name, 0.0)]) for name in Shared._fields))


def bounded(scope: Scope, shared: Shared, *, owners: float = 0, rung: Action = Action.BLOCK) -> int:
    rungs = np.array([rung], np.int8)
    return int(POLICY.bounded(scope, rungs, shared, np.array([owners]))[0])


def test_a_shared_address_is_challenged_at_most() -> None:
    assert bounded(Scope.ADDRESS, one(agents=5, members=1)) == Action.CHALLENGE
    assert bounded(Scope.ADDRESS, one(agents=4, members=1)) == Action.BLOCK


def test_what_would_challenge_one_person_only_slows_a_crowd_down() -> None:
    assert (
        bounded(Scope.ADDRESS, one(agents=5, members=1), rung=Action.CHALLENGE) == Action.THROTTLE
    )
    assert bounded(Scope.ADDRESS, one(agents=5, members=1), rung=Action.THROTTLE) == Action.THROTTLE
    assert (
        bounded(Scope.ADDRESS, one(agents=4, members=1), rung=Action.CHALLENGE) == Action.CHALLENGE
    )


def test_who_takes_the_pictures_of_one_owner_may_be_that_owner() -> None:
    assert bounded(Scope.ADDRESS, one(agents=1, members=1), owners=1) == Action.CHALLENGE
    assert bounded(Scope.ADDRESS, one(agents=1, members=1), owners=2) == Action.BLOCK


def test_thirty_like_browsers_are_a_crowd_by_their_sessions_or_their_assets() -> None:
    lesson = {"agents": 1, "browsers": 30, "pages": 150, "pictures": 900, "pictures_10min": 800}

    assert bounded(Scope.ADDRESS, one(**lesson)) == Action.CHALLENGE
    assert bounded(Scope.ADDRESS, one(**lesson | {"browsers": 4})) == Action.BLOCK


def test_a_program_that_loads_its_assets_with_every_page_is_no_crowd() -> None:
    driven = {"agents": 1, "browsers": 100, "pages": 110, "pictures": 3_000}

    assert bounded(Scope.ADDRESS, one(**driven)) == Action.BLOCK
    assert bounded(Scope.ADDRESS, one(**driven | {"calls": 100})) == Action.CHALLENGE


def test_a_crowd_that_takes_more_than_people_do_is_none() -> None:
    assert bounded(Scope.ADDRESS, one(agents=6, pictures=2_766)) == Action.CHALLENGE
    assert bounded(Scope.ADDRESS, one(agents=6, pictures=2_767)) == Action.BLOCK
    assert (
        bounded(Scope.ADDRESS, one(agents=6, pictures=2_500, pictures_10min=2_407)) == Action.BLOCK
    )


def test_people_in_a_network_are_spared_whatever_their_neighbour_takes() -> None:
    assert bounded(Scope.NETWORK, one(agents=5, members=200, pictures=90_000)) == Action.OBSERVE


def test_like_browsers_in_a_network_are_people_unless_they_take_too_much() -> None:
    browsers = {"agents": 1, "browsers": 40, "pages": 90, "members": 60, "pictures": 2_000}

    assert bounded(Scope.NETWORK, one(**browsers)) == Action.OBSERVE
    assert bounded(Scope.NETWORK, one(**browsers | {"pictures": 20_000})) == Action.BLOCK


def test_a_network_with_people_in_it_is_watched_only() -> None:
    assert bounded(Scope.NETWORK, one(agents=5, members=200)) == Action.OBSERVE


def test_a_network_where_one_in_ten_loads_pages_is_watched_only() -> None:
    assert bounded(Scope.NETWORK, one(agents=4, members=39)) == Action.OBSERVE
    assert bounded(Scope.NETWORK, one(agents=4, members=41)) == Action.BLOCK


def test_a_network_of_three_is_left_to_its_addresses() -> None:
    assert bounded(Scope.NETWORK, one(agents=0, members=3)) == NOTHING
    assert bounded(Scope.NETWORK, one(agents=0, members=4)) == Action.BLOCK


def test_each_return_doubles_up_to_a_week() -> None:
    rungs, returns = np.full(5, Action.BLOCK), np.array([0, 1, 2, 8, 2_000_000], np.int32)

    assert POLICY.lasts(rungs, returns).tolist() == [3600, 7200, 14400, 604_800, 604_800]


def test_what_strangers_do_challenges_and_never_blocks() -> None:
    families = ("cohort", "shape", "volume")

    assert Policy().action_for([7.9, 2.7, 8.4], families) is Action.CHALLENGE
    assert Policy().action_for([7.9, 3.2, 8.4], families) is Action.BLOCK
