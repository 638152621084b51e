"""Reading: a block list as it was served or written, believed only if it is whole.

A list says the name of its set. One that does not agree with its own name was cut off, or is no
block list at all; an empty one that says the name of the empty set is known to be empty.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import msgspec

from actors.frame import Scope
from enforcement.cover import name_of
from enforcement.decision import Action
from enforcement.moments import seconds
from enforcement.standing import Entry
from enforcement.targets import aimed, key_of
from feeds.entries import Told, Whole
from streams.wire.entries import ACTIONS

if TYPE_CHECKING:
    from streams.bouncing.heard import Ending

SET = re.compile(rb"^# set: ([0-9a-f]{16})$", re.MULTILINE)


def read_whole(body: bytes, now: float, lease: float) -> tuple[Ending, ...]:
    """Read blocklist.json; ValueError says what is wrong."""
    whole = msgspec.json.decode(body, type=Whole)
    check(whole.set, whole.refused)
    return tuple(ending(told, now, lease) for told in whole.entries)


def read_listing(body: bytes, now: float, lease: float) -> tuple[Ending, ...]:
    """Read blocklist.txt, which says of no entry when it ends; ValueError says what is wrong."""
    named = SET.search(body)
    if named is None:
        msg = f"no block list: no name of its set in {body[:40]!r}"
        raise ValueError(msg)
    cidrs = [line for line in body.decode().splitlines() if line and not line.startswith("#")]
    check(named[1].decode(), cidrs)
    end = leased(now, lease)
    return tuple((Entry(*_target(cidr), Action.BLOCK, 0, None, ""), end) for cidr in cidrs)


def check(name: str, refused: list[str] | tuple[str, ...]) -> None:
    """Refuse a list that is not the one it says it is."""
    if name_of(refused) != name:
        msg = f"not whole: says set {name}, holds {len(refused)} CIDRs of set {name_of(refused)}"
        raise ValueError(msg)


def ending(told: Told, now: float, lease: float) -> Ending:
    """Read an entry, and when it ends by our clock.

    An end that is past, of what the source says is in force, is in the time of an old log: it
    holds for as long as the source says so, and a lease longer.
    """
    scope = checked(told)
    until = None if told.until is None else seconds(told.until)
    entry = Entry(
        target=told.target,
        scope=scope,
        action=ACTIONS[told.action],
        since=seconds(told.since),
        until=until,
        reference=told.reference,
        pictures=told.pictures,
        owners=told.owners,
    )
    if until is None:
        return entry, math.inf
    return entry, float(until) if until > now else leased(now, lease)


def checked(told: Told) -> Scope:
    """Give the scope of an entry; ValueError where nobody could act on it."""
    if told.action not in ACTIONS:
        msg = f"expected an action ({', '.join(ACTIONS)}), saw {told.action!r}"
        raise ValueError(msg)
    scope = Scope(told.scope)
    if aimed(key_of(scope, told.target)) != (scope, told.target):
        msg = f"expected a target as decisions write it, saw {scope} {told.target!r}"
        raise ValueError(msg)
    return scope


def leased(now: float, lease: float) -> float:
    """Say when a lease that is renewed by each word ends; in steps, so that few words move it."""
    step = lease / 2
    return (now // step + 2) * step


def _target(cidr: str) -> tuple[str, Scope]:
    scope, target = aimed(cidr)
    return target, scope
