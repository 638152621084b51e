"""Rails: how much machines may do by themselves before a person has to look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING

from access.addresses import NEVER_ACTORS, as_network
from actors.frame import Scope  # noqa: TC001 - `msgspec` reads the annotation of Trip
from enforcement.cover import holds, joined, span
from enforcement.targets import ADDRESSED

if TYPE_CHECKING:
    from enforcement.decision import Decision

NEVER = joined(map(span, NEVER_ACTORS))


@unique
class Cap(StrEnum):
    """What there may be too much of; closed list."""

    PREFIX = "prefix"
    RATE = "rate"
    REQUESTS = "requests"
    PEOPLE = "people"
    ENTRIES = "entries"


@dataclass(frozen=True, slots=True)
class Rails:
    """Caps on blocks and challenges of machines, for each scope by itself.

    Beyond one of them the scope goes into shadow: decisions are written down, and nobody acts.
    """

    blocks_a_minute: int = 300  # new ones; chosen: a fleet found at once, ten times a usual day's
    entries: int = 100_000  # in force; what the smallest of the usual firewalls can hold
    widest_four: int = 24  # prefix of IPv4; machines judge no wider network, so it is a broken one
    widest_six: int = 48  # … of IPv6
    requests_share: float = 0.5  # of the site's in the last hour; chosen: more is the site itself
    requests_least: int = 36_000  # chosen: ten a second; on smaller sites one visitor can be half
    people_share: float = 0.01  # of those logged in in the last hour; chosen: one in a hundred
    people_least: int = 50  # chosen: so few say nothing about a share
    grace: int = 3600  # seconds after a release in which machines leave the target alone; chosen


@dataclass(frozen=True, slots=True)
class Trip:
    """A cap that was reached, and what would have happened since, had there been none."""

    scope: Scope
    cap: Cap
    at: int  # event time, seconds since 1970 UTC
    written: int  # milliseconds by the clock of who decided
    seen: int  # what there would have been
    most: int  # what there may be
    decisions: int = 0  # withheld since then
    requests: int = 0  # of the last hour inside them
    people: int = 0


def is_nobody(decision: Decision) -> bool:
    """Tell whether a decision is about private or reserved space, where no client can be."""
    if decision.scope not in ADDRESSED:
        return False
    place = span(decision.target)
    return holds(NEVER, place) or any(
        hole.version == place.version and place.first <= hole.first <= place.last for hole in NEVER
    )


def excess(decision: Decision, rails: Rails) -> tuple[int, int] | None:
    """Tell by which prefix, and the widest allowed, a decision is too wide; None: it is not."""
    if decision.scope not in ADDRESSED:
        return None
    network = as_network(decision.target)
    widest = rails.widest_four if network.version == 4 else rails.widest_six
    return (network.prefixlen, widest) if network.prefixlen < widest else None
