"""F5: a feed list of BIG-IP, as the CrowdSec blocklist mirror writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import bare, word

if TYPE_CHECKING:
    from enforcement.standing import Standing


def f5(standing: Standing) -> bytes:
    """Write address, mask, "bl" for a list of the unwanted, and a category."""
    category = f"hedgerow_{word(standing)}"
    return bare(f"{cidr.replace('/', ',')},bl,{category}" for cidr in standing.refused)


F5 = Feed(
    "blocklist.f5",
    TEXT,
    f5,
    "For F5 BIG-IP, as the CrowdSec blocklist mirror: address,mask,bl,hedgerow_block a line.",
)
