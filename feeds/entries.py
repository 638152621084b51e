"""Entries: all that is in force as one JSON object, for applications that do more than block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from enforcement.moments import moment
from feeds.feed import JSON, Feed

if TYPE_CHECKING:
    from enforcement.standing import Entry, Standing


class Told(msgspec.Struct, frozen=True):
    """An entry; the keys and their order are promised to readers."""

    target: str
    scope: str
    action: str  # degrade, throttle, challenge, block, or pardon: a hole in wider blocks
    since: str  # ISO 8601, UTC
    until: str | None  # ISO 8601, UTC; null: until it is taken back
    reference: str  # id of the decision or the order behind it
    pictures: int
    owners: int


class Whole(msgspec.Struct, frozen=True):
    """What is in force; the keys and their order are promised to readers."""

    set: str  # name of the set of the refused, equal for equal sets
    refused: tuple[str, ...]  # sorted disjoint CIDRs: what a firewall refuses
    entries: tuple[Told, ...]  # sorted by target: what else is done, and about whom


def told(entry: Entry) -> Told:
    """Write an entry down."""
    return Told(
        target=entry.target,
        scope=entry.scope.value,
        action=entry.word,
        since=moment(entry.since),
        until=None if entry.until is None else moment(entry.until),
        reference=entry.reference,
        pictures=entry.pictures,
        owners=entry.owners,
    )


def entries(standing: Standing) -> bytes:
    """Write the refused as CIDRs, and every entry with its action and reference."""
    whole = Whole(standing.name, standing.refused, tuple(map(told, standing.entries)))
    return msgspec.json.encode(whole) + b"\n"


ENTRIES = Feed(
    "blocklist.json",
    JSON,
    entries,
    "Refused CIDRs, and every entry: milder actions, sessions, accounts and pardons as well.",
    (),
)
