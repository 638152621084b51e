"""Clemency: the pardons that follow from what a platform and its operator say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.kernels.hashing import hash_bytes
from actors.frame import Scope
from enforcement.pardons import Pardon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from access.site import Site


def tokens(site: Site, agents: Sequence[str]) -> tuple[str, ...]:
    """List the agent tokens to look for; a token's number in a claim is its place, from 1."""
    researchers = (researcher.agent for researcher in site.researchers if researcher.agent)
    return (*(crawler.agent for crawler in site.crawlers), *researchers, *agents)


def pardons_for(
    site: Site, addresses: Sequence[str] = (), agents: Sequence[str] = ()
) -> tuple[Pardon, ...]:
    """Spare own machines and proxies, verified crawlers, researchers, and whom the operator says.

    *addresses* (and CIDRs) and *agents* are the operator's own list.
    """
    known = tokens(site, agents)
    return tuple(_pardons(site, addresses, agents, known))


def _pardons(
    site: Site, addresses: Sequence[str], agents: Sequence[str], known: tuple[str, ...]
) -> Iterator[Pardon]:
    if own := (*site.own_machines, *site.trusted_proxies):
        yield Pardon("own machine", targets=own)
    if addresses:
        yield Pardon("spared by the operator", targets=tuple(addresses))
    for number, crawler in enumerate(site.crawlers, start=1):
        if crawler.ranges:
            yield Pardon(f"verified {crawler.name}", targets=crawler.ranges, crawler=number)
    for researcher in site.researchers:
        account = researcher.account
        yield Pardon(
            f"researcher {researcher.name}",
            targets=researcher.addresses,
            crawler=known.index(researcher.agent) + 1 if researcher.agent else 0,
            scope=Scope.ACCOUNT if account else None,
            key=hash_bytes(account.encode(), site.key) if account else 0,
            until=researcher.ends // 1000,
            pictures=researcher.pictures_a_day,
        )
    for agent in agents:
        yield Pardon("agent spared by the operator", crawler=known.index(agent) + 1)
