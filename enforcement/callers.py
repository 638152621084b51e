"""Callers: the crawlers that can be told by name, each with its number in a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from access.agents.taxonomy import KNOWN
from access.site.origins import Origin
from enforcement.reception import USUAL, Manner, Reception

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from access.agents.known import Known
    from access.site import Site

DAY = 86_400  # seconds
NOWHERE = Origin()
EVER = (0, 1 << 62)  # seconds since 1970 UTC


@dataclass(frozen=True, slots=True)
class Caller:
    """A name that somebody may give, and from where whoever it belongs to comes."""

    number: int  # in a claim, from 1
    name: str  # for people
    ranges: tuple[str, ...] = ()  # addresses and CIDRs, all of them; empty: not published
    valid: tuple[int, int] = EVER  # when being outside of them is forgery, closed-open
    confirmed: tuple[str, ...] = ()  # … by names
    denied: tuple[str, ...] = ()
    manner: Manner = Manner.ANYONE
    pictures: int | None = None  # that one verified address may take in 24 hours; None: any number


def tokens(site: Site, agents: Sequence[str]) -> tuple[str, ...]:
    """List the agent tokens to look for, each once; its number in a claim is its place, from 1.

    The site's own come first. A token of the taxonomy that begins with one of those goes: whoever
    says from where Googlebot comes has said it of Googlebot-Image.
    """
    said = tuple({token.lower(): token for token in _said(site, agents)}.values())
    begins = tuple(token.lower() for token in said)
    return (*said, *(k.token for k in KNOWN if not k.token.lower().startswith(begins)))


def callers_of(
    site: Site, agents: Sequence[str] = (), reception: Reception = USUAL
) -> tuple[Caller, ...]:
    """List who can be told by name: the crawlers of the site, its researchers, the taxonomy."""
    number = {token.lower(): place for place, token in enumerate(tokens(site, agents), start=1)}
    return (*_own(site, number, reception), *_known(site, number, reception))


def _said(site: Site, agents: Sequence[str]) -> Iterator[str]:
    yield from (crawler.agent for crawler in site.crawlers)
    yield from (researcher.agent for researcher in site.researchers if researcher.agent)
    yield from agents


def _own(site: Site, number: dict[str, int], reception: Reception) -> Iterator[Caller]:
    """List who the site itself says is welcome; what it says is not out of date."""
    for crawler in site.crawlers:
        token = crawler.agent.lower()
        found = site.origins.get(token, NOWHERE)
        budget = crawler.pictures_a_day or reception.pictures_a_day
        ranges, valid = (*crawler.ranges, *found.ranges), EVER
        if not crawler.ranges:
            valid = _valid(found, reception)
        named = found.confirmed, found.denied
        yield Caller(
            number[token], crawler.name, ranges, valid, *named, Manner.WELCOME, budget or None
        )
    for each in site.researchers:
        if each.agent and each.addresses:
            yield Caller(number[each.agent.lower()], each.name, each.addresses)


def _known(site: Site, number: dict[str, int], reception: Reception) -> Iterator[Caller]:
    said = {crawler.agent.lower() for crawler in site.crawlers}
    for known in KNOWN:
        token = known.token.lower()
        if token in number and token not in said:
            yield _caller(known, number[token], site.origins.get(token, NOWHERE), reception)


def _caller(known: Known, number: int, found: Origin, reception: Reception) -> Caller:
    return Caller(
        number,
        known.token,
        found.ranges,
        _valid(found, reception),
        found.confirmed,
        found.denied,
        reception.manner(known.category),
        reception.pictures_a_day or None,
    )


def _valid(found: Origin, reception: Reception) -> tuple[int, int]:
    return found.fetched - reception.fresh * DAY, found.fetched + reception.fresh * DAY
