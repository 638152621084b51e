"""Expanding: an order about an autonomous system, as the networks that a file gives it.

Whoever gives the order does this once, and the order carries the networks: so all who hear it come
to the same set, also those that have another file or none, and a release lets go of just that set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.addresses import as_network
from enforcement.cover import cidrs, joined, span, without
from enforcement.rungs import NOBODY
from streams.wire.sense import NETWORKS, WIDEST, system_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from access.site.systems import Systems


def expanded(target: str, systems: Systems, spared: Iterable[str], room: int) -> tuple[str, ...]:
    """List what a block of a system ("AS64500") is to hold: disjoint networks, IPv4 first.

    Left out are *spared* (addresses and CIDRs) and private space. ValueError where no file is
    named, where it knows no such system, and where there are more networks than *room*, or than an
    order carries.
    """
    if systems.records is None:
        msg = (
            f"whose networks are those of {target}? Name a file with `systems` in [lookups] of "
            "site.toml, and give that with --site"
        )
        raise ValueError(msg)
    named = systems.networks(system_number(target))
    if not named:
        msg = f"the file of systems knows no network of {target}"
        raise ValueError(msg)
    networks = tuple(parts(named, spared))
    most = min(room, NETWORKS)
    if not 0 < len(networks) <= most:
        msg = f"{target} would be {len(networks):,} networks: an order takes 1 to {most:,}"
        raise ValueError(msg)
    return networks


def parts(networks: Iterable[str], spared: Iterable[str]) -> Iterator[str]:
    """Join networks, cut out of them whoever is spared, and write what no order is too wide for."""
    holes = joined([*NOBODY, *map(span, spared)])
    for cidr in cidrs(without(joined(map(span, networks)), holes)):
        network = as_network(cidr)
        widest = WIDEST[network.version]
        if network.prefixlen >= widest:
            yield cidr
        else:
            yield from map(str, network.subnets(new_prefix=widest))


def counted(networks: Sequence[str]) -> str:
    """Say how many addresses and networks that is; of IPv6 an address is its /64."""
    read = [as_network(each) for each in networks]
    four = sum(each.num_addresses for each in read if each.version == 4)
    six = sum(1 << (64 - each.prefixlen) for each in read if each.version == 6)
    return f"{four:,} addresses of IPv4 and {six:,} of IPv6 (/64) in {len(networks):,} networks"
