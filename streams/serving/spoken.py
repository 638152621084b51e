"""Spoken: what people say over HTTP, and what they are told; all of it is in the contract."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from evidence.audit import Act  # noqa: TC001 - msgspec reads the annotations
from streams.wire.orders import OrderRecord  # noqa: TC001 - … here, too
from streams.wire.sense import HIGHEST, LONGEST, WORDS

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=WORDS)]


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person asks for."""

    verb: Literal["pardon", "block", "release", "halt", "resume", "reset", "raise", "lower"]
    target: Annotated[str, msgspec.Meta(min_length=1, max_length=600)]
    reason: Reason
    # Seconds; of a block, and of a cap that is raised, which is for a day at most.
    lasts: Annotated[int, msgspec.Meta(ge=1, le=LONGEST)] | None = None
    action: Literal["degrade", "throttle", "challenge", "block"] = "block"  # of a block
    cap: Literal["rate", "requests", "people", "entries"] | None = None  # raised or lowered
    most: Annotated[int, msgspec.Meta(ge=1, le=HIGHEST)] | None = None  # what it is raised to


class Agreed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a second person says."""

    reason: Reason


class Given(msgspec.Struct, frozen=True):
    """What becomes of an order."""

    order: OrderRecord
    waits: bool  # for a second person


class Listed(msgspec.Struct, frozen=True):
    """All orders."""

    orders: list[OrderRecord]
    waiting: list[str]  # ids of those that wait


class Audited(msgspec.Struct, frozen=True):
    """Acts that were asked for."""

    acts: list[Act]
    left_out: int  # older ones
    broken: list[str]  # where a chain does not hold


SPOKEN = (Asked, Agreed, Given, Listed, Audited)
