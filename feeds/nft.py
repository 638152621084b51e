"""Nft: a script for nftables that puts the list into force in one transaction.

Its sets stand in a table of their own, without chains: the rule that looks into them is yours. They
have no timeouts, so that equal lists are equal bytes: whoever cannot reach Hedgerow keeps the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import BOTH, TEXT, Feed
from feeds.lines import head, lines, short, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enforcement.standing import Standing

TABLE = "inet hedgerow_lists"
TOGETHER = 1000  # elements a line; chosen: lines that an editor can still show


def nft(standing: Standing) -> bytes:
    """Replace the sets block4 and block6, or those of a milder action."""
    four = [short(cidr) for cidr in standing.refused if ":" not in cidr]
    six = [cidr for cidr in standing.refused if ":" in cidr]
    name = word(standing)
    return lines(
        head(standing),
        [f"add table {TABLE}"],
        replaced(f"{name}4", "ipv4_addr", four),
        replaced(f"{name}6", "ipv6_addr", six),
    )


def replaced(name: str, kind: str, cidrs: Sequence[str]) -> Iterator[str]:
    """Make a set if there is none, empty it and fill it."""
    yield f"add set {TABLE} {name} {{ type {kind}; flags interval; }}"
    yield f"flush set {TABLE} {name}"
    for at in range(0, len(cidrs), TOGETHER):
        yield f"add element {TABLE} {name} {{ {', '.join(cidrs[at : at + TOGETHER])} }}"


NFT = Feed(
    "blocklist.nft",
    TEXT,
    nft,
    "For nft -f: replaces the sets block4 and block6 of the table inet hedgerow_lists, at once.",
    BOTH,
)
