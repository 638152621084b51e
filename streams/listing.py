"""The block list as a text file: what most firewalls, proxies and scripts can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.decision import Action
from streams.records import moment

if TYPE_CHECKING:
    from enforcement.blocklist import BlockList


def listing(blocks: BlockList, at: int) -> bytes:
    """Write the addresses and networks refused at *at* (seconds since 1970 UTC) as sorted CIDRs.

    The comments say how many, which set (equal sets have equal hashes), as of when, and until when
    the list stands as it is, should nobody be added.
    """
    entries = blocks.cover(at)
    ends = [d.until for d in blocks.in_force(at) if d.action is Action.BLOCK]
    header = (
        "# Hedgerow block list",
        f"# entries: {len(entries)}",
        f"# set: {blocks.set_hash(at)}",
        f"# as of: {moment(at)} (event time)",
        f"# in force until: {moment(min(ends)) if ends else 'further notice'}",
    )
    return "".join(f"{line}\n" for line in (*header, *entries)).encode()
