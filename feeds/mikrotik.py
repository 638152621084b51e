"""MikroTik: a RouterOS script that fills an address list, in the manner of the CrowdSec mirror."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import BOTH, TEXT, Feed
from feeds.lines import head, lines, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enforcement.standing import Standing


def mikrotik(standing: Standing) -> bytes:
    """Empty the list and fill it anew, IPv4 and IPv6."""
    name = f"hedgerow-{word(standing)}"
    four = [cidr for cidr in standing.refused if ":" not in cidr]
    six = [cidr for cidr in standing.refused if ":" in cidr]
    return lines(head(standing), filled("/ip", name, four), filled("/ipv6", name, six))


def filled(menu: str, name: str, cidrs: list[str]) -> Iterator[str]:
    """Fill the list of one version; an entry that somebody added by hand does not stop it."""
    yield f"{menu} firewall address-list"
    yield f'remove [find where list="{name}"]'
    for cidr in cidrs:
        yield f":do {{ add list={name} address={cidr} }} on-error={{}}"


MIKROTIK = Feed(
    "blocklist.rsc",
    TEXT,
    mikrotik,
    "For MikroTik: a script that fills the address list hedgerow-block; /import it.",
    BOTH,
)
