"""Sense: what no order may say, whoever gives it; each refusal says what was seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from access.addresses import NEVER_ACTORS, as_network
from enforcement.cover import joined, span, without
from enforcement.rungs import NOBODY

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST = {4: 16, 6: 32}  # prefix; wider is a provider, and no order is meant to be about one
ALONE = {4: 24, 6: 48}  # prefix; what is wider hits many homes, and takes two people
# Of one order about a system; chosen: a tenth of what the smallest of the usual firewalls can hold
# (rails.entries), and as text half of the megabyte that a record of `orders` may have.
NETWORKS = 10_000
SYSTEM = re.compile(r"AS([1-9][0-9]{0,9})", re.ASCII)  # RFC 5396: "asplain", 32 bits
HOUR = 3_600  # seconds; how long a cap is raised, if nothing else is said
HIGHEST = 1_000_000_000  # of a cap; chosen: more than any site has of anything in an hour
DAY = 86_400  # seconds; how long a person's block lasts, if nothing else is said
LONGEST = 3_650 * DAY  # seconds; beyond some ten thousand years no clock can write its end
WORDS = 1000  # characters of a reason; chosen: longer ones belong into a ticket


def is_wide(place: str) -> bool:
    """Tell whether an address or CIDR holds so many homes that it takes two people."""
    network = as_network(place)
    return network.prefixlen < ALONE[network.version]


def is_system(text: str) -> bool:
    """Tell whether an autonomous system is named: "AS64500"."""
    return bool(SYSTEM.fullmatch(text))


def system_number(text: str) -> int:
    """Read its number; ValueError shows what is none."""
    found = SYSTEM.fullmatch(text)
    if not found or int(found[1]) >= 1 << 32:
        msg = f"expected an autonomous system as AS64500, saw {text[:40]!r}"
        raise ValueError(msg)
    return int(found[1])


def check_width(place: str) -> None:
    """Refuse a slip that would hit, or spare, half of the internet."""
    network = as_network(place)
    if network.prefixlen < WIDEST[network.version]:
        msg = f"{place} is wider than /{WIDEST[network.version]}: give its parts one by one"
        raise ValueError(msg)


def check_public(place: str) -> None:
    """Refuse a slip that would hit one's own machines."""
    network = as_network(place)
    for own in map(as_network, NEVER_ACTORS):
        if network.version == own.version and network.overlaps(own):
            msg = f"{place} is private or reserved: nobody on the internet comes from there"
            raise ValueError(msg)


def check_none_private(places: Sequence[str]) -> None:
    """Refuse what `check_public` refuses, of thousands of networks at once."""
    spans = joined(map(span, places))
    if list(without(spans, NOBODY)) != spans:
        msg = (
            "some of these networks is private or reserved: nobody on the internet comes from there"
        )
        raise ValueError(msg)


def check_length(lasts: int | None) -> None:
    """Refuse a block that ends before it begins, or that nobody would live to see end."""
    if lasts is not None and not 0 < lasts <= LONGEST:
        msg = f"expected 1 to {LONGEST} seconds, saw {lasts}"
        raise ValueError(msg)


def check_cap(most: int | None, lasts: int | None) -> None:
    """Refuse a cap that is none, or one that is raised for good: that is a matter of settings."""
    if most is None or not 0 < most <= HIGHEST:
        msg = f"expected what the cap is raised to, 1 to {HIGHEST}, saw {most}"
        raise ValueError(msg)
    if lasts is None or not 0 < lasts <= DAY:
        msg = f"a cap is raised for a day at most: expected 1 to {DAY} seconds, saw {lasts}"
        raise ValueError(msg)


def check_reason(reason: str) -> None:
    """Refuse a reason that says nothing, or that would forge lines where orders are listed."""
    if not reason.strip() or not reason.isprintable() or len(reason) > WORDS:
        msg = f"reason: expected one line of at most {WORDS} characters, saw {reason[:WORDS]!r}"
        raise ValueError(msg)
