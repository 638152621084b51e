"""Forgery: a crawler's name from the wrong place."""

from __future__ import annotations

from access.addresses import key_of
from actors.features import Fact, Latest
from actors.frame import Scope
from enforcement.callers import Caller
from enforcement.forgery import Forgery
from tests.scene import counts, frame

READ = 1_790_000_000  # when the list of crawler 3 was read, seconds
MONTH = 30 * 86_400
CALLERS = (
    Caller(1, "SearchBot", ("192.0.2.0/24",), confirmed=("198.51.100.7",)),
    Caller(2, "NobodyKnows"),
    Caller(3, "ListedBot", ("192.0.2.0/24",), valid=(READ - MONTH, READ + MONTH)),
    Caller(4, "NamedBot", confirmed=("192.0.2.4",), denied=("203.0.113.4",)),
)
FORGERY = Forgery().knowing(CALLERS)


def score(
    address: str, crawler: int, pictures: float, scope: Scope = Scope.ADDRESS, at: int = READ
) -> float:
    values = counts(PICTURES=pictures) | {Latest(Fact.CLAIM): float(crawler << 24)}
    return float(FORGERY.score(frame(values, scope=scope, at=at, actor=key_of(address)))[0])


def test_a_borrowed_name_is_certain() -> None:
    assert score("203.0.113.9", 1, 10) == 1.0


def test_the_real_crawler_is_innocent() -> None:
    assert score("192.0.2.9", 1, 9_999) == 0.0


def test_an_address_outside_the_list_is_innocent_if_its_name_leads_back() -> None:
    assert score("198.51.100.7", 1, 9_999) == 0.0


def test_a_webmaster_who_tries_a_page_is_innocent() -> None:
    assert score("203.0.113.9", 1, 9) == 0.0


def test_a_name_without_published_ranges_is_missed() -> None:
    assert score("203.0.113.9", 2, 9_999) == 0.0


def test_an_old_list_calls_nobody_forged() -> None:
    assert score("203.0.113.9", 3, 10, at=READ + MONTH - 1) == 1.0
    assert score("203.0.113.9", 3, 10, at=READ + MONTH) == 0.0
    assert score("203.0.113.9", 3, 10, at=READ - MONTH - 1) == 0.0


def test_where_only_names_tell_nobody_is_forged_whom_no_name_denied() -> None:
    assert score("203.0.113.4", 4, 10) == 1.0
    assert score("203.0.113.5", 4, 10) == 0.0
    assert score("192.0.2.4", 4, 10) == 0.0


def test_a_network_claims_no_name() -> None:
    assert score("203.0.113.0", 1, 9_999, Scope.NETWORK) == 0.0


def signed(address: str, crawler: int, signature: int, forgery: Forgery = FORGERY) -> float:
    """Score ten pictures under a crawler's name; *signature* 1 is good, 2 bad."""
    values = counts(PICTURES=10) | {Latest(Fact.CLAIM): float(crawler << 24)}
    values |= {Latest(Fact.SIGNATURE): signature}
    return float(forgery.score(frame(values, at=READ, actor=key_of(address)))[0])


def test_a_crawler_that_signs_may_come_from_anywhere() -> None:
    assert signed("203.0.113.9", 1, 1) == 0.0


def test_a_bad_signature_is_forgery_though_nothing_is_published() -> None:
    assert signed("203.0.113.9", 2, 2) == 1.0
    assert signed("203.0.113.9", 2, 2, Forgery()) == 1.0


def test_a_bad_signature_of_nobody_in_particular_is_innocent() -> None:
    assert signed("203.0.113.9", 0, 2) == 0.0
