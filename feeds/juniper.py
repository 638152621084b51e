"""Juniper: a custom feed of SRX, as the CrowdSec blocklist mirror writes it; always with a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import bare

if TYPE_CHECKING:
    from enforcement.standing import Standing


def juniper(standing: Standing) -> bytes:
    """Write a CIDR a line, and nothing else."""
    return bare(standing.refused)


JUNIPER = Feed(
    "blocklist.juniper",
    TEXT,
    juniper,
    "For Juniper SRX, as the CrowdSec blocklist mirror: a CIDR a line, no head.",
)
