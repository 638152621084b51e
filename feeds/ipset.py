"""Ipset: a script for `ipset restore -exist` that puts the list into force by swapping sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import BOTH, TEXT, Feed
from feeds.lines import head, lines, short, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enforcement.standing import Standing

# Sets swap only if they are made alike, so this is no matter of how many there are today.
MADE = "hashsize 1024 maxelem 1048576"


def ipset(standing: Standing) -> bytes:
    """Replace the sets hedgerow-block4 and hedgerow-block6, or those of a milder action."""
    four = [short(cidr) for cidr in standing.refused if ":" not in cidr]
    six = [cidr for cidr in standing.refused if ":" in cidr]
    name = f"hedgerow-{word(standing)}"
    return lines(
        head(standing), swapped(f"{name}4", "inet", four), swapped(f"{name}6", "inet6", six)
    )


def swapped(name: str, family: str, cidrs: list[str]) -> Iterator[str]:
    """Fill a set beside the one in force, then let them change places."""
    beside = f"{name}-new"
    yield f"create {name} hash:net family {family} {MADE}"
    yield f"create {beside} hash:net family {family} {MADE}"
    yield f"flush {beside}"
    for cidr in cidrs:
        yield f"add {beside} {cidr}"
    yield f"swap {beside} {name}"
    yield f"destroy {beside}"


IPSET = Feed(
    "blocklist.ipset",
    TEXT,
    ipset,
    "For ipset restore -exist: replaces the sets hedgerow-block4 and hedgerow-block6 by swapping.",
    BOTH,
)
