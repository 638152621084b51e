"""Orders on the wire: what a person decided about a target, when and why; all of them are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum, unique
from hashlib import blake2b

import msgspec

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.exact import check_ground, exact
from enforcement.rails import Cap  # noqa: TC001 - `msgspec` reads the annotation
from enforcement.raising import SET_BY
from enforcement.targets import ADDRESSED, key_of
from streams.records import ENCODER
from streams.wire.sense import (
    DAY,
    HOUR,
    NETWORKS,
    check_cap,
    check_length,
    check_none_private,
    check_public,
    check_reason,
    check_width,
    is_system,
    is_wide,
    system_number,
)

ACTIONS = tuple(action.name.lower() for action in Action if action is not Action.OBSERVE)
GROUNDS = (
    "rules:",
    "detector:",
    "agent:",
    "ja4:",
    "order:",
)  # what a release may undo all of, see enforcement.undone
SCOPES = frozenset(scope.value for scope in Scope)
EVERYTHING, RAILS = "everything", "rails"  # targets of orders that are about nobody


@unique
class Verb(StrEnum):
    """What a person can order."""

    PARDON = "pardon"  # undo, now and until a release takes the pardon back
    BLOCK = "block"  # act, whatever the detectors say
    RELEASE = "release"  # undo what is in force now, a pardon too; later decisions act again
    APPROVE = "approve"  # have another person's order obeyed that takes two
    HALT = "halt"  # empty every list, until …
    RESUME = "resume"  # … this tells again what is in force
    RESET = "reset"  # let machines act again in a scope that a rail has put into shadow
    RAISE = "raise"  # let machines do more in a scope, for some hours
    LOWER = "lower"  # end what raised a cap


RAILED = (Verb.RESET, Verb.RAISE, Verb.LOWER)  # about the rails of a scope
CAPPED = (Verb.RAISE, Verb.LOWER)  # … about one cap of them


class OrderRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person's order; the keys and their order are promised to readers."""

    id: str  # hash of the rest
    at: str  # ISO 8601, UTC, milliseconds; the clock of the machine
    by: str  # the user who gave it
    verb: Verb
    scope: Scope | None  # null: of all scopes
    target: str
    reason: str
    lasts: int | None  # seconds; of a block, and of a cap that is raised
    action: str | None  # of a block: degrade, throttle, challenge or block
    approves: str | None = None  # of an approval: the id of the order that is to be obeyed
    cap: Cap | None = None  # which one is raised or lowered
    most: int | None = None  # what it is raised to
    networks: tuple[str, ...] = ()  # of a block of a system: what it was when that was ordered


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed."""

    verb: Verb
    # "203.0.113.7", a CIDR, "session:…", "account:…", "cohort:…"; of a block and a release also
    # "AS64500"; of a release also "rules:…", "detector:…", "agent:…", "ja4:…" and "order:…"; of a
    # reset, a raise and a lower a scope.
    target: str
    reason: str
    lasts: int | None = None  # seconds; of a block, and of a cap that is raised
    action: Action = Action.BLOCK  # of a block
    cap: Cap | None = None  # which one is raised or lowered
    most: int | None = None  # what it is raised to
    networks: tuple[str, ...] = ()  # of a system that is blocked, see streams/expanding.py


def ordered(wish: Wish, by: str, at: int) -> OrderRecord:
    """Make an order of a wish, by a user, at milliseconds since 1970 UTC by the clock.

    ValueError says why it makes no sense: no such target, too wide, nobody on the internet.
    """
    scope, target = meant(wish.verb, wish.target)
    if scope in ADDRESSED:
        check_place(wish.verb, target)
    check_length(wish.lasts)
    check_reason(wish.reason)
    block, raised = wish.verb is Verb.BLOCK, wish.verb is Verb.RAISE
    bare = OrderRecord(
        id="",
        at=instant(at),
        by=by,
        verb=wish.verb,
        scope=scope,
        target=target,
        reason=wish.reason,
        lasts=(wish.lasts or (DAY if block else HOUR)) if block or raised else None,
        action=wish.action.name.lower() if block else None,
        cap=wish.cap if wish.verb in CAPPED else None,
        most=wish.most if raised else None,
        networks=wish.networks,
    )
    check_caps(bare)
    check_networks(bare)
    return _identified(bare)


def approval(order: OrderRecord, by: str, reason: str, at: int) -> OrderRecord:
    """Have an order obeyed that somebody else gave; otherwise as `ordered`."""
    check_reason(reason)
    replace = msgspec.structs.replace
    bare = replace(order, id="", at=instant(at), by=by, verb=Verb.APPROVE, reason=reason)
    return _identified(replace(bare, approves=order.id, networks=()))


def meant(verb: Verb, text: str) -> tuple[Scope | None, str]:
    """Read what an order is about; ValueError says what was seen."""
    if verb in (Verb.HALT, Verb.RESUME):
        return None, EVERYTHING
    if verb in RAILED or (verb is Verb.APPROVE and text in SCOPES):
        return Scope(text), RAILS
    if verb in (Verb.BLOCK, Verb.RELEASE, Verb.APPROVE) and is_system(text):
        system_number(text)
        return None, text
    if verb is Verb.RELEASE and text.startswith(GROUNDS):
        check_ground(text)
        return None, text
    return exact(text)


def about(order: OrderRecord) -> str:
    """Write what an order is about, as `meant` reads it."""
    if order.scope is None:
        return order.target
    return order.scope.value if order.target == RAILS else key_of(order.scope, order.target)


def takes_two(order: OrderRecord) -> bool:
    """Tell whether one person is not enough: to act on many homes, to spare them, to let rails go.

    A release never waits: it undoes, and later decisions act again. Nor does lowering a cap.
    """
    if order.verb in (Verb.RESET, Verb.RAISE):
        return True
    if order.verb is Verb.BLOCK and about_system(order):
        return True
    if order.scope not in ADDRESSED or order.verb not in {Verb.BLOCK, Verb.PARDON}:
        return False
    return is_wide(order.target)


def check_place(verb: Verb, target: str) -> None:
    """Refuse a slip that would hit, or spare, half of the internet or one's own machines."""
    if verb in {Verb.BLOCK, Verb.PARDON}:
        check_width(target)
    if verb is Verb.BLOCK:
        check_public(target)


def check_caps(order: OrderRecord) -> None:
    """Refuse a cap that nobody can raise, as far as an order shows it by itself."""
    if (order.verb in CAPPED or order.cap) and order.cap not in SET_BY:
        msg = f"expected a cap that people raise ({', '.join(SET_BY)}), saw {order.cap}"
        raise ValueError(msg)
    if order.verb is Verb.RAISE:
        check_cap(order.most, order.lasts)
    elif order.verb not in (*CAPPED, Verb.APPROVE) and (order.cap or order.most):
        msg = f"expected no cap with {order.verb}, saw {order.cap} {order.most}"
        raise ValueError(msg)


def check_networks(order: OrderRecord) -> None:
    """Refuse a block of a system that names no networks, too many, or some that nobody blocks."""
    if order.verb is not Verb.BLOCK or not about_system(order):
        if order.networks:
            msg = f"expected no networks with {order.verb} {about(order)}"
            raise ValueError(msg)
        return
    if not 0 < len(order.networks) <= NETWORKS:
        msg = (
            f"{order.target} is an autonomous system: expected its networks, 1 to {NETWORKS:,}, "
            f"saw {len(order.networks):,}; `hedgerow block {order.target} --site` finds them"
        )
        raise ValueError(msg)
    for place in order.networks:
        scope, _ = exact(place)
        if scope not in ADDRESSED:
            msg = f"{order.target}: expected a network, saw {place[:60]!r}"
            raise ValueError(msg)
        check_width(place)
    check_none_private(order.networks)


def about_system(order: OrderRecord) -> bool:
    """Tell whether an order is about all of an autonomous system."""
    return order.scope is None and is_system(order.target)


def read_order(value: bytes) -> OrderRecord:
    """Read an order; ValueError says what was seen, also where nobody could have ordered it."""
    order = msgspec.json.decode(value, type=OrderRecord)
    if meant(order.verb, about(order)) != (order.scope, order.target):
        msg = f"expected a target as orders write it, saw {order.scope} {order.target!r}"
        raise ValueError(msg)
    if order.scope in ADDRESSED:
        check_place(order.verb, order.target)
    check_length(order.lasts)
    check_reason(order.reason)
    check_caps(order)
    check_networks(order)
    if order.verb is Verb.APPROVE and not order.approves:
        msg = "expected the id of the order that is approved, saw none"
        raise ValueError(msg)
    if order.verb is Verb.BLOCK and order.action not in ACTIONS:
        msg = f"expected an action ({', '.join(ACTIONS)}), saw {order.action!r}"
        raise ValueError(msg)
    return order


def instant(at: int) -> str:
    """Write milliseconds since 1970 UTC: "2026-11-24T12:00:00.250Z"."""
    when = datetime.fromtimestamp(at // 1000, UTC)
    return f"{when:%Y-%m-%dT%H:%M:%S}.{at % 1000:03}Z"


def milliseconds(instant: str) -> int:
    """Read back what `instant` wrote; ValueError where it is no time with a zone."""
    when = datetime.fromisoformat(instant)
    if when.tzinfo is None:
        msg = f"expected a time with a zone, saw {instant!r}"
        raise ValueError(msg)
    return round(when.timestamp() * 1000)


def _identified(bare: OrderRecord) -> OrderRecord:
    name = blake2b(ENCODER.encode(bare), digest_size=8).hexdigest()
    return msgspec.structs.replace(bare, id=name)
