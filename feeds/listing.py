"""Listing: the block list as a text file, which most firewalls, proxies and scripts can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import head, lines

if TYPE_CHECKING:
    from enforcement.standing import Standing


def listing(standing: Standing) -> bytes:
    """Write the refused addresses and networks as sorted CIDRs, under a head of comments."""
    return lines(head(standing), standing.refused)


LISTING = Feed(
    "blocklist.txt",
    TEXT,
    listing,
    "Refused addresses and networks, one CIDR a line; comments begin with #.",
)
