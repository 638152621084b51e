"""Whoever is acted upon, is a machine, is spared or is many is not learned from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.addresses import key_of
from access.claims import Flag
from access.event import Kind
from actors.features import DAY
from actors.frame import Scope
from enforcement.decision import Action
from enforcement.pardons import Pardon, Pardons
from enforcement.policy import Policy
from evidence.leftout import LeftOut, Why
from tests.evidence.scenes import ADDRESS, NEIGHBOUR, Asked, batch, decision
from tests.scene import CHROME_100, count, frame

if TYPE_CHECKING:
    from access.batch import Batch

KEY = key_of(ADDRESS)


def why(left: LeftOut, scope: Scope = Scope.ADDRESS, key: int = KEY) -> Why:
    return Why(int(left.why(scope, np.array([key], np.uint64))[0]))


def left_out(*pardons: Pardon) -> LeftOut:
    return LeftOut(Pardons(pardons), Policy())


@pytest.mark.parametrize(
    ("action", "found"),
    [
        (Action.BLOCK, Why.HARVESTS),
        (Action.CHALLENGE, Why.HARVESTS),
        (Action.THROTTLE, Why.KEPT),
        (Action.OBSERVE, Why.KEPT),
    ],
)
def test_who_is_challenged_or_blocked_is_left_out(action: Action, found: Why) -> None:
    left = left_out()
    left.hear([decision(action=action)], batch([Asked(1)]))

    assert why(left) is found
    assert (KEY in left.milder[Scope.ADDRESS]) is (found is Why.KEPT)


def test_all_addresses_of_a_blocked_network_are_left_out() -> None:
    left = left_out()
    left.hear([decision(scope=Scope.NETWORK)], batch([]))

    assert why(left, key=key_of(NEIGHBOUR)) is Why.HARVESTS
    assert why(left, key=key_of("198.51.100.1")) is Why.KEPT


def test_the_address_of_a_blocked_session_is_left_out() -> None:
    left = left_out()
    left.hear([decision(scope=Scope.SESSION, session=7)], batch([Asked(1, session=7)]))

    assert why(left) is Why.HARVESTS
    assert why(left, Scope.SESSION, 7) is Why.HARVESTS


def test_the_session_of_a_blocked_address_is_left_out_but_not_who_shared_the_session() -> None:
    left = left_out()
    left.hear([decision()], batch([Asked(1, session=7), Asked(2, NEIGHBOUR, session=7)]))

    assert why(left, Scope.SESSION, 7) is Why.HARVESTS
    assert why(left, key=key_of(NEIGHBOUR)) is Why.KEPT


def claiming(claim: int, kind: Kind = Kind.PICTURE) -> Batch:
    return replace(batch([Asked(1, kind=kind)]), claim=np.array([claim], np.uint32))


@pytest.mark.parametrize("flag", [Flag.TOOL, Flag.CRAWLER, Flag.TEMPLATE, Flag.IMPOSSIBLE])
def test_who_says_to_be_a_machine_is_left_out(flag: Flag) -> None:
    left = left_out()
    left.see(claiming(flag << 18))

    assert why(left) is Why.MACHINE


@pytest.mark.parametrize("claim", [CHROME_100, Flag.EMPTY << 18])
def test_a_browser_and_a_log_without_agents_are_kept(claim: int) -> None:
    left = left_out()
    left.see(claiming(claim))

    assert why(left) is Why.KEPT


def test_a_machine_that_takes_no_picture_leaves_its_neighbour_in() -> None:
    left = left_out()
    left.see(claiming(Flag.TOOL << 18, Kind.PAGE))

    assert why(left) is Why.KEPT


def test_who_is_spared_is_left_out() -> None:
    left = left_out(Pardon("own machine", targets=(ADDRESS,)))
    left.judge(frame({}, actor=KEY))

    assert why(left) is Why.SPARED


def test_a_crowd_behind_an_address_is_left_out_but_a_session_on_many_devices_is_not() -> None:
    left = left_out()
    for scope in (Scope.ADDRESS, Scope.SESSION):
        left.judge(frame({count("AGENTS", DAY): 5}, scope=scope, actor=KEY))

    assert why(left) is Why.CROWD
    assert why(left, Scope.SESSION) is Why.KEPT
