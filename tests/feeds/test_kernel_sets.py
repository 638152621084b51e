"""The kernel holds exactly the list: nft and ipset run what docs/firewalls.md says."""

from __future__ import annotations

import json
from dataclasses import replace
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from actors.frame import Scope
from feeds.ipset import ipset
from feeds.nft import nft
from tests.feeds.firewalls import copied, fetching
from tests.feeds.test_every_feed import BLOCK, held, many
from tests.services.apart import NEEDS_NAMESPACE, apart
from tests.services.programs import needs

if TYPE_CHECKING:
    from pathlib import Path

    from enforcement.standing import Standing

BEFORE = held([replace(BLOCK, id="x", target="192.0.2.77")]).standing(0)
MIXED = held(
    [
        replace(BLOCK, id="a", target="203.0.113.7"),
        replace(BLOCK, id="b", target="203.0.113.9"),
        replace(BLOCK, id="n", target="198.51.100.0/25", scope=Scope.NETWORK),
        replace(BLOCK, id="m", target="198.51.100.128/26", scope=Scope.NETWORK),
        replace(BLOCK, id="s", target="2001:db8:1:2::/64"),
        replace(BLOCK, id="t", target="2001:db8:2::/48", scope=Scope.NETWORK),
    ]
).standing(0)


def scripted(product: str, folder: Path) -> str:
    """Write down what a stranger types, for files that lie in a folder."""
    return fetching(folder) + "".join(copied(product)).replace("/var/lib/hedgerow", str(folder))


def elements(told: str) -> list[str]:
    """Read the CIDRs of sets as `nft -j` lists them."""
    listed = [each["set"] for each in json.loads(told)["nftables"] if "set" in each]
    return [cidr(element) for found in listed for element in found.get("elem", [])]


def cidr(element: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(element, str):
        return str(ip_network(element))
    return f"{element['prefix']['addr']}/{element['prefix']['len']}"


def told_by_nft(folder: Path, *lists: Standing) -> list[str]:
    """Load lists one after the other, the last one with the documented commands."""
    script = ""
    for number, standing in enumerate(lists[:-1]):
        (folder / f"{number}.nft").write_bytes(nft(standing))
        script += f"nft -f {folder}/{number}.nft\n"
    (folder / "served").mkdir()
    (folder / "served/blocklist.nft").write_bytes(nft(lists[-1]))
    copy = scripted("nftables", folder).replace(f"file://{folder}", f"file://{folder}/served")
    return elements(apart(f"{script}{copy}nft -j list sets\n"))


@NEEDS_NAMESPACE
@needs("nft", "curl")
def test_nftables_holds_the_list_and_nothing_of_the_one_before(tmp_path: Path) -> None:
    assert sorted(told_by_nft(tmp_path, BEFORE, MIXED)) == sorted(MIXED.refused)


@NEEDS_NAMESPACE
@needs("nft", "curl")
def test_an_empty_list_lets_all_in_through_nftables(tmp_path: Path) -> None:
    assert told_by_nft(tmp_path, MIXED, held([]).standing(0)) == []


@NEEDS_NAMESPACE
@needs("nft")
def test_nftables_takes_a_hundred_thousand(tmp_path: Path) -> None:
    (tmp_path / "list.nft").write_bytes(nft(many()[1]))

    told = elements(apart(f"nft -f {tmp_path}/list.nft; nft -j list sets"))

    assert len(told) == len(set(told)) == 100_000


def told_by_ipset(folder: Path, standing: Standing) -> list[str]:
    """Load a list over another, with the documented command; give the sets in force."""
    (folder / "before").write_bytes(ipset(BEFORE))
    (folder / "served").mkdir()
    (folder / "served/blocklist.ipset").write_bytes(ipset(standing))
    first = scripted("ipset and iptables", folder).partition("\niptables")[0]
    copy = first.replace(f"file://{folder}", f"file://{folder}/served")
    said = apart(f"ipset restore -exist < {folder}/before\n{copy}\nipset save\n").splitlines()
    assert sum(line.startswith("create") for line in said) == 2
    return [str(ip_network(line.split()[2])) for line in said if line.startswith("add")]


@NEEDS_NAMESPACE
@needs("ipset", "curl")
def test_ipset_holds_the_list_and_nothing_of_the_one_before(tmp_path: Path) -> None:
    assert sorted(told_by_ipset(tmp_path, MIXED)) == sorted(MIXED.refused)


@NEEDS_NAMESPACE
@needs("ipset", "curl")
def test_ipset_takes_a_hundred_thousand(tmp_path: Path) -> None:
    assert len(told_by_ipset(tmp_path, many()[1])) == 100_000
