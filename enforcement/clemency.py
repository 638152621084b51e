"""Clemency: the pardons that follow from what a platform and its operator say of themselves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from access.kernels.hashing import hash_bytes
from actors.frame import Scope
from enforcement.callers import callers_of, tokens
from enforcement.decision import Action
from enforcement.pardons import Pardon
from enforcement.reception import USUAL, Manner, Reception

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from access.site import Site
    from access.site.file import Researcher
    from enforcement.callers import Caller

LANE = 3  # times the quota; chosen: a study that is late runs twice as fast for a day


def pardons_for(
    site: Site,
    addresses: Sequence[str] = (),
    agents: Sequence[str] = (),
    reception: Reception = USUAL,
) -> tuple[Pardon, ...]:
    """Spare own machines and proxies, verified crawlers, researchers, and whom the operator says.

    *addresses* (and CIDRs) and *agents* are the operator's own list.
    """
    number = {token.lower(): place for place, token in enumerate(tokens(site, agents), start=1)}
    return (
        *_machines(site, addresses),
        *_crawlers(callers_of(site, agents, reception), signed=site.edge_signatures),
        *(pardon for each in site.researchers for pardon in _researcher(site, each, number)),
        *(Pardon("agent spared by the operator", crawler=number[a.lower()]) for a in agents),
    )


def _machines(site: Site, addresses: Sequence[str]) -> Iterator[Pardon]:
    if own := (*site.own_machines, *site.trusted_proxies):
        yield Pardon("own machine", targets=own)
    if site.untouchable:
        yield Pardon("CDN edge or firewall", targets=site.untouchable)
    if addresses:
        yield Pardon("spared by the operator", targets=tuple(addresses))


def _crawlers(callers: Iterable[Caller], *, signed: bool) -> Iterator[Pardon]:
    """Spare verified crawlers up to their budget, and beyond it do no more than slow them down.

    They are verified by where they come from, and by their signature where an edge checks those.
    """
    for caller in callers:
        if caller.manner is not Manner.WELCOME:
            continue
        spare = partial(
            Pardon, crawler=caller.number, pictures=caller.pictures, beyond=Action.THROTTLE
        )
        if verified := (*caller.ranges, *caller.confirmed):
            yield spare(f"verified {caller.name}", targets=verified)
        if signed:
            yield spare(f"signed {caller.name}", signed=True)


def _researcher(site: Site, researcher: Researcher, number: Mapping[str, int]) -> Iterator[Pardon]:
    """Spare an account by itself; addresses and an agent together, for either alone is a claim.

    Beyond three times the quota they are slowed down, and no more, for as long as it is agreed.
    """
    crawler = number.get(researcher.agent.lower(), 0)
    lane = partial(
        Pardon,
        f"researcher {researcher.name}",
        until=researcher.ends // 1000,
        pictures=LANE * researcher.pictures_a_day,
        beyond=Action.THROTTLE,
    )
    if researcher.account:
        key = hash_bytes(researcher.account.encode(), site.key)
        yield lane(scope=Scope.ACCOUNT, key=key)
    if researcher.addresses or crawler:
        yield lane(targets=researcher.addresses, crawler=crawler)
