"""Clemency: the pardons that follow from what a platform and its operator say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.kernels.hashing import hash_bytes
from actors.frame import Scope
from enforcement.pardons import Pardon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from access.site import Site
    from access.site.file import Researcher


def tokens(site: Site, agents: Sequence[str]) -> tuple[str, ...]:
    """List the agent tokens to look for, each once; its number in a claim is its place, from 1."""
    crawlers = (crawler.agent for crawler in site.crawlers)
    researchers = (researcher.agent for researcher in site.researchers if researcher.agent)
    return tuple(dict.fromkeys((*crawlers, *researchers, *agents)))


def pardons_for(
    site: Site, addresses: Sequence[str] = (), agents: Sequence[str] = ()
) -> tuple[Pardon, ...]:
    """Spare own machines and proxies, verified crawlers, researchers, and whom the operator says.

    *addresses* (and CIDRs) and *agents* are the operator's own list.
    """
    number = {token: place for place, token in enumerate(tokens(site, agents), start=1)}
    return (
        *_machines(site, addresses),
        *_crawlers(site, number),
        *(pardon for each in site.researchers for pardon in _researcher(site, each, number)),
        *(Pardon("agent spared by the operator", crawler=number[agent]) for agent in agents),
    )


def _machines(site: Site, addresses: Sequence[str]) -> Iterator[Pardon]:
    if own := (*site.own_machines, *site.trusted_proxies):
        yield Pardon("own machine", targets=own)
    if addresses:
        yield Pardon("spared by the operator", targets=tuple(addresses))


def _crawlers(site: Site, number: Mapping[str, int]) -> Iterator[Pardon]:
    for crawler in site.crawlers:
        if crawler.ranges:
            yield Pardon(
                f"verified {crawler.name}", targets=crawler.ranges, crawler=number[crawler.agent]
            )


def _researcher(site: Site, researcher: Researcher, number: Mapping[str, int]) -> Iterator[Pardon]:
    """Spare an account by itself; addresses and an agent together, for either alone is a claim."""
    reason, until = f"researcher {researcher.name}", researcher.ends // 1000
    quota = researcher.pictures_a_day
    if researcher.account:
        key = hash_bytes(researcher.account.encode(), site.key)
        yield Pardon(reason, scope=Scope.ACCOUNT, key=key, until=until, pictures=quota)
    crawler = number.get(researcher.agent, 0)
    if researcher.addresses or crawler:
        yield Pardon(
            reason, targets=researcher.addresses, crawler=crawler, until=until, pictures=quota
        )
