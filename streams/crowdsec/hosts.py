"""Hosts: ranges as single addresses, for the one bouncer that would refuse their first only.

In nftables mode crowdsec-firewall-bouncer cuts 203.0.113.0/24 down to 203.0.113.0 (seen in 0.0.25,
and in its source of April 2026). Of IPv6 nothing helps: a /64 cannot be listed.
"""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from msgspec.structs import replace

from streams.crowdsec.about import about
from streams.crowdsec.remedy import IP, RANGE
from streams.crowdsec.turns import Delta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from streams.crowdsec.remedy import Remedy

AGENT = "crowdsec-firewall-bouncer"  # how its User-Agent begins


def by_hosts(delta: Delta, told: Mapping[str, Remedy], most: int) -> Delta:
    """Say ranges of *most* addresses by each of them.

    An address that is let go, but lies in a range that is still *told*, is told again.
    """
    deleted = {host.value: host for host in spread(delta.deleted, most)}
    still = (over for value in deleted for over in covering(value, told, most))
    new: dict[str, Remedy] = {}
    for host in [*spread(delta.new, most), *still]:
        known = new.get(host.value)
        if known is None or known.strength < host.strength:
            new[host.value] = host
    return Delta(list(new.values()), list(deleted.values()))


def spread(remedies: Iterable[Remedy], most: int) -> Iterator[Remedy]:
    """Take ranges of IPv4 apart, those that are small enough."""
    for remedy in remedies:
        if remedy.scope != RANGE or ":" in remedy.value:
            yield remedy
            continue
        network = IPv4Network(remedy.value)
        if network.num_addresses > most:
            yield remedy
            continue
        for address in network:
            yield replace(remedy, scope=IP, value=str(address))


def covering(value: str, told: Mapping[str, Remedy], most: int) -> Iterator[Remedy]:
    """Find what is still said of an address, by itself and by ranges of *most* addresses."""
    if "/" in value or "." not in value:
        return
    for remedy in about(IPv4Network(value), told, 33 - most.bit_length()):
        yield replace(remedy, scope=IP, value=value)
