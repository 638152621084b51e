"""Hosting: whoever comes from rented machines."""

from __future__ import annotations

from access.addresses import key_of
from access.site.systems import Systems
from actors.frame import Scope
from enforcement.hosting import Hosting
from tests.access.site.mmdb import mmdb
from tests.scene import counts, frame

RENTED = mmdb({"192.0.2.0/24": {"autonomous_system_number": 64500, "hosting": True}})
HOSTING = Hosting().knowing(Systems.of(RENTED))


def score(address: str, pictures: float, scope: Scope = Scope.ADDRESS) -> float:
    values = counts(ASKED=pictures)
    return float(HOSTING.score(frame(values, scope=scope, actor=key_of(address)))[0])


def test_a_rented_machine_is_certain_and_so_is_its_network() -> None:
    assert score("192.0.2.9", 10) == 1.0
    assert score("192.0.2.0", 10, Scope.NETWORK) == 1.0


def test_a_home_is_innocent() -> None:
    assert score("203.0.113.9", 9_999) == 0.0


def test_a_link_scanner_that_takes_a_few_is_innocent() -> None:
    assert score("192.0.2.9", 9) == 0.0


def test_sessions_and_accounts_are_nowhere() -> None:
    assert score("192.0.2.9", 10, Scope.SESSION) == 0.0
    assert score("192.0.2.9", 10, Scope.ACCOUNT) == 0.0


def test_a_harvester_behind_rented_homes_is_missed_and_so_are_all_without_a_file() -> None:
    assert score("198.51.100.9", 9_999) == 0.0
    assert Hosting().score(frame(counts(ASKED=9_999), actor=key_of("192.0.2.9"))).tolist() == [0.0]
