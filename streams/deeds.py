"""Deeds: what changes in force, as the audit log tells it: who, what, why, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence.audit import Deed
from streams.wire.orders import Verb, about, takes_two

if TYPE_CHECKING:
    from enforcement.decision import Decision
    from streams.wire.orders import OrderRecord

MACHINE, PERSON = "machine", "person"
END = "end"  # what a clock does to what has lasted long enough


class Cause(NamedTuple):
    """Who makes things change, and why."""

    by: str
    role: str
    why: str


CLOCK = Cause("clock", MACHINE, "its time is over")
QUIET = "it asked for nothing for {} s: let go"
AGAIN = Cause("settling", MACHINE, "what is in force was told anew")


def decided_by(decision: Decision) -> Cause:
    """Say which rules decided, and by what kinds of evidence."""
    kinds = ", ".join(decision.families)
    return Cause(f"rules {decision.rules}", MACHINE, f"decision {decision.id}: {kinds}")


def ended_by(quiet: int) -> Cause:
    """Say that time is over, or that it was let go because it had stopped asking for so long."""
    return CLOCK._replace(why=QUIET.format(quiet)) if quiet else CLOCK


def ordered_by(order: OrderRecord) -> Cause:
    """Say who ordered, and why."""
    second = f"; it approves {order.approves}" if order.approves else ""
    return Cause(order.by, PERSON, f"order {order.id}: {order.reason}{second}")


def changed(cause: Cause, target: str, before: str, after: str, undo: Verb = Verb.RELEASE) -> Deed:
    """Tell a change; *undo* is what it is called when nothing holds any more."""
    what = after or (END if cause.by == CLOCK.by else undo.value)
    return Deed(cause.by, cause.role, what, target, cause.why, before, after)


def unchanged(order: OrderRecord, word: str) -> Deed:
    """Tell an order that changes nothing: what it wants holds already, or it waits for somebody."""
    cause, waits = ordered_by(order), takes_two(order)
    why = f"{cause.why}; it waits for a second person" if waits else cause.why
    return Deed(cause.by, PERSON, order.verb.value, about(order), why, word, word)


def refused(why: str) -> Deed:
    """Tell an order that nobody obeys."""
    return Deed("unknown", PERSON, "refused", "", why[:500])
