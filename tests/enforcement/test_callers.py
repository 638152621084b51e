"""Callers: what site, taxonomy and settings together say of a name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from access.addresses import key_of
from access.agents.taxonomy import KNOWN
from access.site import Site
from access.site.origins import Origin
from actors.frame import Scope
from enforcement.callers import callers_of, tokens
from enforcement.clemency import pardons_for
from enforcement.pardons import Pardons
from enforcement.reception import Manner, Reception
from tests.scene import covers

READ = 1_790_000_000  # seconds
SITE = replace(
    Site.default(),
    origins={
        "googlebot": Origin(("192.0.2.0/24",), READ),
        "gptbot": Origin(("198.51.100.0/24",), READ),
        "yandexbot": Origin(confirmed=("203.0.113.5",), denied=("203.0.113.6",)),
    },
)
PARDONS = Pardons(pardons_for(SITE))


def reason(address: str, token: str, pictures: int = 0) -> str | None:
    claim = (tokens(SITE, ()).index(token) + 1) << 24
    return covers(PARDONS, Scope.ADDRESS, key_of(address), claim, 0, pictures=pictures)


def test_a_search_engine_from_its_ranges_is_verified_and_spared() -> None:
    assert reason("192.0.2.9", "Googlebot") == "verified Googlebot"
    assert reason("203.0.113.5", "YandexBot") == "verified YandexBot"


def test_its_name_from_elsewhere_spares_nobody() -> None:
    assert reason("203.0.113.9", "Googlebot") is None
    assert reason("203.0.113.6", "YandexBot") is None


def test_who_trains_models_is_judged_as_anyone_however_well_it_is_verified() -> None:
    assert reason("198.51.100.9", "GPTBot") is None


def test_a_crawler_has_a_budget() -> None:
    assert reason("192.0.2.9", "Googlebot", 10_000) == "verified Googlebot"
    assert reason("192.0.2.9", "Googlebot", 10_001) is None


def test_the_operator_may_receive_a_category_otherwise() -> None:
    reception = Reception(ai_training="welcome", pictures_a_day=0)
    callers = {c.name: c for c in callers_of(SITE, (), reception)}

    assert (callers["GPTBot"].manner, callers["GPTBot"].pictures) == (Manner.WELCOME, None)


def test_numbers_fit_into_a_claim_with_room_for_the_sites_own() -> None:
    assert len(tokens(Site.default(), ())) == len(KNOWN) < 160


def test_what_the_site_says_of_a_crawler_stands_for_all_whose_names_begin_so() -> None:
    toml = '[[crawlers]]\nname = "Mine"\nagent = "google"\nranges = ["192.0.2.0/28"]'
    known = [token for token in tokens(Site.from_toml(toml), ()) if "google" in token.lower()]

    assert known[0] == "google"
    assert not any(token.lower().startswith("google") for token in known[1:])


@pytest.mark.parametrize(("ranges", "ages"), [((), "ages"), (("192.0.2.0/28",), "")])
def test_only_what_was_fetched_ages(ranges: tuple[str, ...], ages: str) -> None:
    toml = f'[[crawlers]]\nname = "G"\nagent = "googleBOT"\nranges = {list(ranges)}'
    site = replace(Site.from_toml(toml), origins=SITE.origins)
    caller = next(c for c in callers_of(site) if c.name == "G")

    assert caller.ranges == (*ranges, "192.0.2.0/24")
    assert (caller.valid[1] <= READ + 30 * 86_400) is bool(ages)
