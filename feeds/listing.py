"""Listing: the block list as a text file, which most firewalls, proxies and scripts can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.moments import moment
from feeds.feed import Feed

if TYPE_CHECKING:
    from enforcement.standing import Standing


def listing(standing: Standing) -> bytes:
    """Write the refused addresses and networks as sorted CIDRs.

    The comments say how many, which set (equal sets have equal names), and until when, in event
    time, the list stands as it is, should nobody be added.
    """
    until = standing.until
    header = (
        "# Hedgerow block list",
        f"# entries: {len(standing.refused)}",
        f"# set: {standing.name}",
        f"# in force until: {'further notice' if until is None else moment(until)}",
    )
    return "".join(f"{line}\n" for line in (*header, *standing.refused)).encode()


LISTING = Feed(
    "blocklist.txt",
    "text/plain; charset=utf-8",
    listing,
    "Refused addresses and networks, one CIDR a line; comments begin with #.",
)
