"""Forgery: a crawler's name from the wrong place."""

from __future__ import annotations

from access.addresses import key_of
from actors.features import Fact, Latest
from actors.frame import Scope
from enforcement.forgery import Forgery
from enforcement.pardons import Pardon
from tests.scene import counts, frame

FORGERY = Forgery().knowing([Pardon("SearchBot", ("192.0.2.0/24",), crawler=1)])


def score(address: str, crawler: int, pictures: float, scope: Scope = Scope.ADDRESS) -> float:
    values = counts(PICTURES=pictures) | {Latest(Fact.CLAIM): float(crawler << 24)}
    return float(FORGERY.score(frame(values, scope=scope, actor=key_of(address)))[0])


def test_a_borrowed_name_is_certain() -> None:
    assert score("203.0.113.9", 1, 10) == 1.0


def test_the_real_crawler_is_innocent() -> None:
    assert score("192.0.2.9", 1, 9_999) == 0.0


def test_a_webmaster_who_tries_a_page_is_innocent() -> None:
    assert score("203.0.113.9", 1, 9) == 0.0


def test_a_name_without_published_ranges_is_missed() -> None:
    assert score("203.0.113.9", 2, 9_999) == 0.0


def test_a_network_claims_no_name() -> None:
    assert score("203.0.113.0", 1, 9_999, Scope.NETWORK) == 0.0
