"""Welcome: the pardons that follow from what a platform says of itself in `site.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.kernels.hashing import hash_bytes
from actors.frame import Scope
from enforcement.pardons import Pardon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from access.site import Site
    from access.sitefile import Researcher


def tokens(site: Site) -> tuple[str, ...]:
    """List the agent tokens that `access.agents.Agents` must know, in the order of `welcome`."""
    claimed = [*(c.agent for c in site.crawlers), *(r.agent for r in site.researchers)]
    return tuple(dict.fromkeys(filter(None, claimed)))


def welcome(site: Site) -> tuple[Pardon, ...]:
    """Pardon own machines, crawlers that come from their published ranges, and researchers."""
    own = site.own_machines + site.trusted_proxies
    machines = (Pardon("the platform's own machine", own),) if own else ()
    numbers = {token: place for place, token in enumerate(tokens(site), 1)}
    crawlers = (
        Pardon(f"{c.name}, verified by its published ranges", c.ranges, numbers[c.agent])
        for c in site.crawlers
        if c.ranges and c.agent
    )
    researchers = (pardon for r in site.researchers for pardon in _lane(r, numbers, site.key))
    return (*machines, *crawlers, *researchers)


def _lane(researcher: Researcher, numbers: dict[str, int], seed: int) -> Iterator[Pardon]:
    """Let a researcher in by where they come from and what they claim, and by their account."""
    reason = f"{researcher.name}, registered researcher"
    until, quota = researcher.ends // 1000, researcher.pictures_a_day
    crawler = numbers.get(researcher.agent, 0)
    if researcher.addresses or crawler:
        yield Pardon(reason, researcher.addresses, crawler, until=until, pictures=quota)
    if researcher.account:
        key = hash_bytes(researcher.account.encode(), seed)
        yield Pardon(reason, scope=Scope.ACCOUNT, key=key, until=until, pictures=quota)
