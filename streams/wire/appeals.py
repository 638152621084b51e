"""Appeals on the wire: what somebody who was refused wrote, and what a person decided about it.

Kept is what they wrote and which decision they mean; not from where they wrote.
"""

from __future__ import annotations

from base64 import b32encode
from enum import StrEnum, unique
from hashlib import blake2b

import msgspec

from streams.records import ENCODER

LONGEST = 2000  # characters; chosen: a page is enough to say what happened


@unique
class Outcome(StrEnum):
    """How an appeal ends."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"


class Appeal(msgspec.Struct, frozen=True, tag="appeal", tag_field="kind"):
    """Somebody's words; the keys are promised to readers."""

    id: str
    at: str  # ISO 8601, UTC, milliseconds
    reference: str  # id of the decision or order that is appealed against
    text: str


class Closing(msgspec.Struct, frozen=True, tag="closing", tag_field="kind"):
    """A person's answer; the keys are promised to readers."""

    id: str  # of the appeal
    at: str
    by: str
    outcome: Outcome
    reason: str
    detectors: tuple[str, ...]  # on which the decision rested


def opaque(reference: str, secret: str) -> str:
    """Name a decision for whoever it hits: tells nothing, and nobody can guess another's."""
    key = blake2b(secret.encode(), digest_size=32).digest()
    return b32encode(blake2b(reference.encode(), digest_size=10, key=key).digest()).decode()


def appealed(reference: str, text: str, at: str) -> Appeal:
    """Write an appeal down; ValueError says what is wrong with its words."""
    said = text.strip()
    if not said or len(said) > LONGEST:
        msg = f"text: expected 1 to {LONGEST} characters, saw {len(said)}"
        raise ValueError(msg)
    name = blake2b(f"{reference} {at} {said}".encode(), digest_size=6).hexdigest()
    return Appeal(name, at, reference, said)


def read_appeal(value: bytes) -> Appeal | Closing:
    """Read either; ValueError says what was seen."""
    return msgspec.json.decode(value, type=Appeal | Closing)


def write_appeal(record: Appeal | Closing) -> bytes:
    """Write either."""
    return ENCODER.encode(record)
