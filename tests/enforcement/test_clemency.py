"""Who a platform says is its own, or is welcome, is pardoned; who only claims it is not."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from access.addresses import key_of
from access.kernels.hashing import hash_bytes
from access.site import Site
from actors.frame import Scope
from enforcement.callers import tokens
from enforcement.clemency import pardons_for
from enforcement.pardons import Pardons
from tests.enforcement.test_blocklist import decision, listed
from tests.scene import covers

SITE = Site.from_toml("""
own_machines = ["192.0.2.10"]
trusted_proxies = ["192.0.2.1"]
cdn_edges = ["192.0.2.64/27"]
firewalls = ["192.0.2.3"]

[[crawlers]]
name = "Example"
agent = "ExampleBot"
ranges = ["198.51.100.0/24"]

[[researchers]]
name = "University"
account = "lab"
addresses = ["203.0.113.0/28"]
agent = "LabReader"
pictures_a_day = 500
until = 2026-12-31

[[researchers]]
name = "Anybody"
pictures_a_day = 5
until = 2026-12-31
account = "someone"
""")
AT = 1_790_000_000  # seconds, 2026-09-21
PARDONS = Pardons(pardons_for(SITE, ["203.0.113.99"], ["ExampleBot", "OwnApp"]))


def reason(address: str, claim: str = "", *, at: int = AT, pictures: int = 0) -> str | None:
    known = tokens(SITE, ["ExampleBot", "OwnApp"])
    packed = (known.index(claim) + 1 if claim else 0) << 24
    return covers(PARDONS, Scope.ADDRESS, key_of(address), packed, at, pictures=pictures)


def test_a_token_has_one_number_however_often_it_is_named() -> None:
    known = tokens(SITE, ["ExampleBot", "OwnApp"])

    assert known[:3] == ("ExampleBot", "LabReader", "OwnApp")
    assert len({token.lower() for token in known}) == len(known)


SPARED = ["192.0.2.10", "192.0.2.1", "203.0.113.99", "192.0.2.70", "192.0.2.3"]


@pytest.mark.parametrize("address", SPARED)
def test_own_machines_proxies_edges_firewalls_and_the_operators_list_are_spared(
    address: str,
) -> None:
    assert reason(address)


@pytest.mark.parametrize("address", SPARED)
def test_no_list_holds_them_and_without_the_rail_it_would(address: str) -> None:
    harm = decision("192.0.2.0/24", scope=Scope.NETWORK), decision(address)

    railed, open_ = (listed(*harm, spared=s).cover(50) for s in (PARDONS.spared(AT), ()))

    assert not any(ip_address(address) in ip_network(cidr) for cidr in railed)
    assert any(ip_address(address) in ip_network(cidr) for cidr in open_)


def test_a_researcher_is_spared_with_address_and_agent_within_three_quotas_and_time() -> None:
    assert reason("203.0.113.3", "LabReader", pictures=1500) == "researcher University"
    assert reason("203.0.113.3", "LabReader", pictures=1501) is None
    assert reason("203.0.113.3") is None
    assert reason("203.0.113.77", "LabReader") is None
    assert reason("203.0.113.3", "LabReader", at=AT + 200 * 86_400) is None


def test_a_researchers_account_is_spared_by_itself() -> None:
    key = hash_bytes(b"lab", SITE.key)

    assert covers(PARDONS, Scope.ACCOUNT, key, 0, AT) == "researcher University"


def test_an_agent_the_operator_believes_needs_no_address() -> None:
    assert reason("203.0.113.200", "OwnApp")


def test_a_stranger_is_not_spared() -> None:
    assert reason("203.0.113.200") is None


def test_signatures_verify_only_where_the_site_names_the_edge() -> None:
    believing = Site.from_toml("edge_signatures = true")

    def signed(site: Site) -> set[str]:
        return {pardon.reason for pardon in pardons_for(site) if pardon.signed}

    assert "signed ChatGPT-User" in signed(believing)  # whom a person asked
    assert "signed GPTBot" not in signed(believing)  # as anyone, by default
    assert signed(Site.default()) == set()
