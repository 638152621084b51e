"""Mismatch: browsers that speak as none does any more."""

from __future__ import annotations

import pytest

from access.claims import Family, Flag
from actors.features import DAY, Fact, Habit, Latest, Newcomers
from actors.frame import Scope
from detectors.mismatch import Mismatch
from tests.scene import counts, score

NOVEMBER_2026 = 1_795_521_600  # seconds since 1970 UTC


def asked(
    *,
    family: int = Family.CHROME,
    major: int = 150,
    flag: int = Flag.HTTP_1,
    pictures: int = 10,
    speakers: float = 1.0,
    scope: Scope = Scope.ADDRESS,
) -> float:
    """Score whoever claims this and took so many pictures in an hour."""
    claim = float(family | major << 8 | flag << 18)
    seen = counts(ASKED=pictures) | {Latest(Fact.CLAIM): claim}
    seen |= {Newcomers(Habit.SPOKE_HTTP_2): speakers}
    return score(Mismatch(), seen, at=NOVEMBER_2026, scope=scope)


def test_a_library_under_the_name_of_chrome_is_certain() -> None:
    assert asked() == 1.0


def test_a_browser_that_speaks_as_browsers_do_is_innocent() -> None:
    assert asked(flag=0, pictures=9_999) == 0.0


def test_where_newcomers_browsers_speak_no_better_it_means_nothing() -> None:
    assert asked(speakers=0.0) == 0.0
    assert 0.0 < asked(speakers=0.7) < 0.5


@pytest.mark.parametrize("family", [Family.OTHER, Family.APP, Family.TOOL, Family.CRAWLER])
def test_whoever_claims_no_browser_may_speak_as_it_likes(family: int) -> None:
    assert asked(family=family) == 0.0


def test_a_browser_of_ten_years_ago_may_know_no_better() -> None:
    assert asked(major=40) == 0.0


def test_a_few_pictures_show_nothing() -> None:
    assert asked(pictures=9) == 0.0


def test_a_network_speaks_nothing() -> None:
    assert asked(scope=Scope.NETWORK) == 0.0


def test_a_library_that_speaks_http_2_is_missed() -> None:
    assert asked(flag=0) == 0.0


def shown(*, contradicted: int = 0, engines: int = 1, people: int = 1, pictures: int = 40) -> float:
    """Score a browser that speaks HTTP/2, by its hints and its handshake."""
    seen = counts(ASKED=pictures) | counts(DAY, AGENTS=people)
    seen |= {Latest(Fact.CLAIM): float(Family.CHROME | 150 << 8)}
    seen |= {Latest(Fact.CONTRADICTED): contradicted, Latest(Fact.ENGINES): engines}
    return score(Mismatch(), seen, at=NOVEMBER_2026)


def test_hints_that_contradict_a_name_for_pages_are_certain() -> None:
    assert shown(contradicted=20) == 1.0


def test_whoever_tries_another_name_out_is_innocent() -> None:
    assert shown(contradicted=5) == 0.0


def test_engines_that_share_a_handshake_are_one_program() -> None:
    assert shown(engines=2, people=0) == 1.0


def test_an_office_whose_proxy_speaks_for_all_its_browsers_is_innocent() -> None:
    assert shown(engines=3, people=12) == 0.0


def test_a_library_that_begins_tls_and_hints_as_its_browser_does_is_missed() -> None:
    assert shown(pictures=9_999) == 0.0
