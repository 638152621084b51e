"""Listing: the block list as a text file, which most firewalls, proxies and scripts can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.cover import name_of
from enforcement.moments import moment

if TYPE_CHECKING:
    from enforcement.blocklist import BlockList


def listing(blocks: BlockList, at: int) -> bytes:
    """Write the addresses and networks refused at *at* (seconds since 1970 UTC) as sorted CIDRs.

    The comments say how many, which set (equal sets have equal names), as of when, and until when
    the list stands as it is, should nobody be added.
    """
    entries = blocks.cover(at)
    ends = [decision.until for decision in blocks.listed(at)]
    header = (
        "# Hedgerow block list",
        f"# entries: {len(entries)}",
        f"# set: {name_of(entries)}",
        f"# as of: {moment(at)} (event time)",
        f"# in force until: {moment(min(ends)) if ends else 'further notice'}",
    )
    return "".join(f"{line}\n" for line in (*header, *entries)).encode()
