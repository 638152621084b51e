"""Drop: JSON lines in the manner of Spamhaus DROP, the last of which tells of the list itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from enforcement.moments import moment
from feeds.feed import Feed
from feeds.items import Item, items

if TYPE_CHECKING:
    from enforcement.standing import Standing

ENCODER = msgspec.json.Encoder()


class Line(msgspec.Struct, frozen=True):
    """A CIDR; the keys and their order are promised to readers."""

    cidr: str
    action: str
    since: str  # ISO 8601, UTC
    until: str | None  # … when the first entry behind it ends; null: none does
    pictures: int
    reference: str  # id of a decision or order behind it


class Metadata(msgspec.Struct, frozen=True, tag="metadata"):
    """What the list says of itself."""

    timestamp: int  # seconds since 1970 UTC, event time of the newest entry
    size: int  # bytes of the lines before
    records: int
    set: str  # name of the set, equal for equal sets
    left_out: int  # records that did not fit into what was asked for


def line(item: Item) -> bytes:
    """Write a CIDR down."""
    return ENCODER.encode(
        Line(
            cidr=item.cidr,
            action=item.action.name.lower(),
            since=moment(item.since),
            until=None if item.until is None else moment(item.until),
            pictures=item.pictures,
            reference=item.reference,
        )
    )


def drop(standing: Standing) -> bytes:
    """Write a line for each CIDR, and one of metadata."""
    found = items(standing)
    body = b"".join(line(item) + b"\n" for item in found)
    newest = max((item.since for item in found), default=0)
    told = Metadata(newest, len(body), len(found), standing.name, standing.left_out)
    return body + ENCODER.encode(told) + b"\n"


DROP = Feed(
    "blocklist.ndjson",
    "application/x-ndjson",
    drop,
    "JSON lines in the manner of Spamhaus DROP: a CIDR a line, the last line is metadata.",
)
