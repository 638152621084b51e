"""Entries on the wire: what the `blocklist` topic says of one target; no value is a tombstone."""

from __future__ import annotations

import math

import msgspec

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.moments import moment, seconds
from enforcement.standing import Entry
from enforcement.targets import aimed, key_of
from streams.records import ENCODER

ACTIONS: dict[str, Action | None] = {
    **{action.name.lower(): action for action in Action},
    "pardon": None,
}


class EntryRecord(msgspec.Struct, frozen=True):
    """An Entry; the keys and their order are promised to readers."""

    target: str
    scope: str
    action: str
    since: str  # ISO 8601, UTC
    until: str | None  # ISO 8601, UTC; null: until it is taken back
    lasts: int | None  # seconds left when this was written; null as in `until`
    reference: str  # id of the decision or the order behind it
    decided: str  # ISO 8601, UTC
    pictures: int
    owners: int


def written(entry: Entry, now: int) -> bytes:
    """Write an entry at *now*, in seconds of the time that its end is in."""
    record = EntryRecord(
        target=entry.target,
        scope=entry.scope.value,
        action=entry.word,
        since=moment(entry.since),
        until=None if entry.until is None else moment(entry.until),
        lasts=None if entry.until is None else max(entry.until - now, 0),
        reference=entry.reference,
        decided=moment(entry.since),
        pictures=entry.pictures,
        owners=entry.owners,
    )
    return ENCODER.encode(record)


def read(value: bytes) -> tuple[Entry, float]:
    """Read an entry, and how many seconds were left of it when it was written (may be infinite).

    ValueError says what was seen; no reader has to expect a target that does not exist.
    """
    record = msgspec.json.decode(value, type=EntryRecord)
    if record.action not in ACTIONS:
        msg = f"expected an action ({', '.join(ACTIONS)}), saw {record.action!r}"
        raise ValueError(msg)
    scope = Scope(record.scope)
    if aimed(key_of(scope, record.target)) != (scope, record.target):
        msg = f"expected a target as decisions write it, saw {scope} {record.target!r}"
        raise ValueError(msg)
    entry = Entry(
        target=record.target,
        scope=scope,
        action=ACTIONS[record.action],
        since=seconds(record.since),
        until=None if record.until is None else seconds(record.until),
        reference=record.reference,
        pictures=record.pictures,
        owners=record.owners,
    )
    return entry, math.inf if record.lasts is None else record.lasts
