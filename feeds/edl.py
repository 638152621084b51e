"""EDL: an external dynamic list, as appliances poll it; no comments, single addresses bare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import bare, short

if TYPE_CHECKING:
    from enforcement.standing import Standing


def edl(standing: Standing) -> bytes:
    """Write an address or a CIDR a line, and nothing else."""
    return bare(map(short, standing.refused))


EDL = Feed(
    "blocklist.edl",
    TEXT,
    edl,
    "For appliances that poll a list (Palo Alto, FortiGate …): an address or CIDR a line, no head.",
)
