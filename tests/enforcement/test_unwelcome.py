"""Unwelcome: whoever says to be what the operator does not want."""

from __future__ import annotations

import numpy as np

from access.site import Site
from actors.features import Fact, Latest
from actors.frame import Scope
from detectors.base import Family
from enforcement.callers import callers_of, tokens
from enforcement.decision import Action
from enforcement.forgery import Forgery
from enforcement.informed import informed
from enforcement.policy import Policy
from enforcement.unwelcome import Unwelcome
from tests.scene import counts, frame

SITE = Site.default()
NUMBER = {token: number for number, token in enumerate(tokens(SITE, ()), start=1)}
FORGERY, UNWELCOME = informed((Forgery(), Unwelcome()), callers_of(SITE), SITE)


def scores(token: str, pictures: float, scope: Scope = Scope.ADDRESS) -> tuple[float, float]:
    values = counts(PICTURES=pictures) | {Latest(Fact.CLAIM): float(NUMBER[token] << 24)}
    scene = frame(values, scope=scope)
    return float(FORGERY.score(scene)[0]), float(UNWELCOME.score(scene)[0])


def test_a_face_search_that_says_its_name_is_unwelcome_and_never_forged() -> None:
    assert scores("PimEyes", 9_999) == (0.0, 1.0)


def test_a_search_engine_is_innocent() -> None:
    assert scores("Googlebot", 9_999) == (0.0, 0.0)


def test_who_takes_one_picture_under_the_name_is_innocent() -> None:
    assert scores("PimEyes", 1) == (0.0, 0.0)


def test_a_network_says_no_name() -> None:
    assert scores("PimEyes", 9_999, Scope.NETWORK) == (0.0, 0.0)


def test_who_says_nothing_is_missed() -> None:
    assert UNWELCOME.score(frame(counts(PICTURES=9_999))).tolist() == [0.0]


def test_a_name_alone_only_slows_down() -> None:
    brought = np.array([[UNWELCOME.weight, 0.0], [UNWELCOME.weight, 0.5]])
    families = (Family.IDENTITY, Family.SHAPE)

    assert Policy().rungs(brought, families).tolist() == [Action.THROTTLE, Action.BLOCK]
