"""Confirming: ask DNS whether an address is named as a crawler's, and whether that name leads back.

A name alone is worth nothing: whoever owns an address may call it what he likes. Silence proves
nothing either: where DNS is down, slow, or knows no name, the answer is unverifiable, never forged.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum, unique
from ipaddress import ip_address
from typing import TYPE_CHECKING, Protocol

import aiodns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOTHING_THERE = {1, 4}  # c-ares: the name has no such record, or is not there at all
NAMES = 4  # of one address that are followed; chosen: crawlers have one
TOGETHER = 32  # addresses that are asked about at once; chosen


class Unanswered(Exception):  # noqa: N818 - it is no error of anybody here
    """DNS did not answer, so nothing is known."""


@unique
class Verdict(StrEnum):
    """What came of asking."""

    VERIFIED = "verified"
    FORGED = "forged"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True, slots=True)
class Claim:
    """An address that calls itself a crawler whose addresses have names in some domains."""

    token: str
    address: str
    domains: tuple[str, ...]


class Resolver(Protocol):
    """Whoever is asked."""

    async def ask(self, name: str, kind: str) -> list[str]:
        """Give the records of a kind (PTR, A, AAAA), none if there are none; else Unanswered."""


@dataclass(frozen=True, slots=True)
class Dns:
    """The name servers of this machine, or those given."""

    resolver: aiodns.DNSResolver

    async def ask(self, name: str, kind: str) -> list[str]:
        """Give the records of a kind."""
        try:
            found = await self.resolver.query_dns(name, kind)
        except aiodns.error.DNSError as error:
            if error.args[0] in NOTHING_THERE:
                return []
            raise Unanswered from None
        field = "dname" if kind == "PTR" else "addr"
        return [getattr(r.data, field) for r in found.answer if hasattr(r.data, field)]


def within(name: str, domain: str) -> bool:
    """Tell whether a name lies in a domain: crawl.googlebot.com does, evilgooglebot.com not."""
    return name.rstrip(".").lower().endswith(f".{domain}")


async def judged(claim: Claim, resolver: Resolver) -> Verdict:
    """Look up the names of an address, and those of them in the crawler's domains back."""
    try:
        names = await resolver.ask(ip_address(claim.address).reverse_pointer, "PTR")
        own = [name for name in names if any(within(name, d) for d in claim.domains)]
        for name in own[:NAMES]:
            if await _leads_back(name, claim.address, resolver):
                return Verdict.VERIFIED
    except Unanswered:
        return Verdict.UNVERIFIABLE
    return Verdict.FORGED if names else Verdict.UNVERIFIABLE


async def _leads_back(name: str, address: str, resolver: Resolver) -> bool:
    kind = "A" if ip_address(address).version == 4 else "AAAA"
    found = await resolver.ask(name, kind)
    return ip_address(address) in {ip_address(text) for text in found}


def confirm(claims: Iterable[Claim], servers: Sequence[str], wait: float) -> dict[Claim, Verdict]:
    """Ask about many; *servers* are host:port, none for this machine's; *wait* in seconds."""
    return asyncio.run(_confirm(list(claims), servers, wait))


async def _confirm(
    claims: Sequence[Claim], servers: Sequence[str], wait: float
) -> dict[Claim, Verdict]:
    free = asyncio.Semaphore(TOGETHER)
    asked = aiodns.DNSResolver(list(servers) or None, timeout=wait / 2, tries=2, domains=[])
    resolver = Dns(asked)

    async def one(claim: Claim) -> Verdict:
        async with free:
            try:
                return await asyncio.wait_for(judged(claim, resolver), 4 * wait)
            except TimeoutError:
                return Verdict.UNVERIFIABLE

    try:
        verdicts = await asyncio.gather(*map(one, claims))
    finally:
        await asked.close()
    return dict(zip(claims, verdicts, strict=True))
