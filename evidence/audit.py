"""Audit: who did what, and why; each act holds the hash of the one before, so none can be lost.

A chain has one writer. Whoever can write where it stands can write all of it anew: note the last
hash elsewhere now and then, and what stood before it is proven.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

BEGINNING = ""  # the hash before the first act
ENCODER = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did."""

    by: str  # a person, or the hash of the rules by which a machine decides
    role: str  # "person", "machine", or that of a key
    what: str  # a verb: "block", "release", "end", "create key" …
    target: str  # as decisions write it, or what else it was done to
    why: str
    before: str = ""  # what held until then
    after: str = ""  # what holds since then


@dataclass(frozen=True, slots=True)
class Act:
    """A deed in its place; the keys and their order are promised to readers."""

    chain: str  # who writes it down
    number: int  # from 1
    at: str  # ISO 8601, UTC, milliseconds; the clock of the machine
    by: str
    role: str
    what: str
    target: str
    why: str
    before: str
    after: str
    prior: str  # hash of the act before; "" for the first
    hash: str  # of all of the above


def linked(deed: Deed, at: str, chain: str, last: Act | None) -> Act:
    """Put a deed behind the *last* act of a chain."""
    number, prior = (last.number + 1, last.hash) if last else (1, BEGINNING)
    act = Act(
        chain=chain,
        number=number,
        at=at,
        by=deed.by,
        role=deed.role,
        what=deed.what,
        target=deed.target,
        why=deed.why,
        before=deed.before,
        after=deed.after,
        prior=prior,
        hash="",
    )
    return replace(act, hash=hash_of(act))


def hash_of(act: Act) -> str:
    """Name an act by all that it says."""
    return blake2b(ENCODER.encode(replace(act, hash="")), digest_size=16).hexdigest()


def broken(acts: Iterable[Act]) -> str:
    """Say where a chain does not hold, "" where it does.

    The first act given is believed as to what came before it, for old ones are deleted in time.
    """
    last: Act | None = None
    for act in acts:
        if act.hash != hash_of(act):
            return f"{act.chain} {act.number}: it was changed after it was written"
        if last and (act.number, act.prior) != (last.number + 1, last.hash):
            return f"{act.chain} {act.number}: it does not follow {last.number}"
        last = act
    return ""


def by_chain(acts: Iterable[Act]) -> dict[str, list[Act]]:
    """Sort acts into their chains, in the order in which they were written."""
    found: dict[str, list[Act]] = {}
    for act in acts:
        found.setdefault(act.chain, []).append(act)
    return found
