"""An address is a crawler's if its name is, and leads back; silence accuses nobody."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest

from streams.confirming import Claim, Verdict, confirm, within
from tests.services.names import Names, name_server
from tests.services.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

DOMAINS = ("googlebot.com",)
KNOWN = {
    ("9.2.0.192.in-addr.arpa", "PTR"): ("crawl-9.googlebot.com",),
    ("crawl-9.googlebot.com", "A"): ("192.0.2.9",),
    ("10.2.0.192.in-addr.arpa", "PTR"): ("crawl-9.googlebot.com",),
    ("11.2.0.192.in-addr.arpa", "PTR"): ("crawl.evilgooglebot.com",),
    ("crawl.evilgooglebot.com", "A"): ("192.0.2.11",),
    ("12.2.0.192.in-addr.arpa", "PTR"): ("host-12.isp.example",),
    ("13.2.0.192.in-addr.arpa", "PTR"): ("host.isp.example", "crawl-13.googlebot.com"),
    ("crawl-13.googlebot.com", "A"): ("198.51.100.1", "192.0.2.13"),
    ("14.2.0.192.in-addr.arpa", "PTR"): ("crawl-14.googlebot.com",),
    ("16.2.0.192.in-addr.arpa", "PTR"): ("googlebot.com.evil.example",),
    ("17.2.0.192.in-addr.arpa", "PTR"): ("CRAWL-17.GoogleBot.com",),
    ("crawl-17.googlebot.com", "A"): ("192.0.2.17",),
    ("CRAWL-17.GoogleBot.com", "A"): ("192.0.2.17",),
    (ip_address("2001:db8:2::7").reverse_pointer, "PTR"): ("crawl-six.googlebot.com",),
    ("crawl-six.googlebot.com", "AAAA"): ("2001:db8:2::7",),
}
BROKEN = frozenset({"crawl-14.googlebot.com", "15.2.0.192.in-addr.arpa"})


@pytest.fixture(scope="module")
def names() -> Iterator[Names]:
    with name_server(Names(KNOWN, BROKEN)) as serving:
        yield serving


def verdict(names: Names, address: str) -> Verdict:
    claim = Claim("Googlebot", address, DOMAINS)
    return confirm([claim], [names.place], 2.0)[claim]


@pytest.mark.parametrize("address", ["192.0.2.9", "192.0.2.13", "192.0.2.17"])
def test_a_name_that_leads_back_verifies(names: Names, address: str) -> None:
    assert verdict(names, address) is Verdict.VERIFIED


def test_ipv6_has_names_too(names: Names) -> None:
    assert verdict(names, "2001:db8:2::7") is Verdict.VERIFIED


def test_a_name_that_anybody_can_give_himself_is_forged(names: Names) -> None:
    assert verdict(names, "192.0.2.10") is Verdict.FORGED  # the name leads to another address


def test_a_domain_that_only_ends_alike_is_forged(names: Names) -> None:
    assert verdict(names, "192.0.2.11") is Verdict.FORGED
    assert verdict(names, "192.0.2.16") is Verdict.FORGED


def test_a_name_of_somebody_else_is_forged(names: Names) -> None:
    assert verdict(names, "192.0.2.12") is Verdict.FORGED


def test_an_address_without_a_name_is_unverifiable(names: Names) -> None:
    assert verdict(names, "192.0.2.200") is Verdict.UNVERIFIABLE


@pytest.mark.parametrize("address", ["192.0.2.14", "192.0.2.15"])
def test_where_dns_fails_nobody_is_forged(names: Names, address: str) -> None:
    assert verdict(names, address) is Verdict.UNVERIFIABLE


def test_where_dns_is_down_nobody_is_forged() -> None:
    claims = [Claim("Googlebot", f"192.0.2.{i}", DOMAINS) for i in range(9, 13)]
    told = confirm(claims, [f"127.0.0.1:{free_port()}"], 0.2)

    assert set(told.values()) == {Verdict.UNVERIFIABLE}


def test_the_dot_before_a_domain_counts() -> None:
    assert within("crawl.googlebot.com.", "googlebot.com")
    assert not within("evilgooglebot.com", "googlebot.com")
    assert not within("googlebot.com", "googlebot.com")


def test_many_are_asked_and_each_gets_its_own_answer(names: Names) -> None:
    claims = [Claim("Googlebot", f"192.0.2.{i}", DOMAINS) for i in range(256)]

    told = confirm(claims, [names.place], 2.0)

    verified = {c.address for c, v in told.items() if v is Verdict.VERIFIED}
    assert verified == {"192.0.2.9", "192.0.2.13", "192.0.2.17"}
