"""Capping: orders that raise a cap for some hours, or end that; what the audit log says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.moments import moment
from enforcement.raising import Raise, highest, usual
from evidence.audit import Deed
from streams.deeds import CLOCK, END, MACHINE, PERSON, ordered_by
from streams.wire.orders import Verb, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.frame import Scope
    from enforcement.railing import Railing
    from enforcement.rails import Cap
    from streams.wire.orders import OrderRecord


def raise_of(order: OrderRecord, at: int) -> Raise:
    """Read what an order raises from a time by the clock on (ms)."""
    if order.cap is None or order.most is None or order.lasts is None:
        msg = f"order {order.id} raises nothing"
        raise ValueError(msg)
    return Raise(order.cap, order.most, at, at + 1000 * order.lasts, order.id)


def check_order(railing: Railing, order: OrderRecord, at: int) -> None:
    """Refuse, as ValueError, to raise a cap to less than is in force."""
    if order.verb is Verb.RAISE and order.scope is not None:
        railing.check(order.scope, raise_of(order, at))


def obey_cap(railing: Railing, order: OrderRecord, at: int) -> None:
    """Raise or lower a cap, by an order obeyed at a time by the clock (ms)."""
    if order.scope is None or order.cap is None:
        return
    if order.verb is Verb.RAISE:
        railing.lift(order.scope, raise_of(order, at))
    elif order.verb is Verb.LOWER:
        railing.lower(order.scope, order.cap, at)


def foresee_cap(railing: Railing, order: OrderRecord, at: int) -> None:
    """Know of a cap that was raised or lowered at a time, before what was decided then is read."""
    if order.scope is not None and order.verb is Verb.RAISE:
        railing.foresee(order.scope, raise_of(order, at))
    elif order.verb is Verb.LOWER:
        obey_cap(railing, order, at)


def capped(railing: Railing, order: OrderRecord, at: int) -> str:
    """Say what cap an order is about and how it stands; "" where it is about none."""
    if order.scope is None or order.cap is None:
        return ""
    return standing(railing, order.scope, order.cap, at)


def standing(railing: Railing, scope: Scope, cap: Cap, at: int) -> str:
    """Say how a cap of a scope stands at a time by the clock (ms): "rate 3000 until …"."""
    raised = [r for s, r in railing.raised if s is scope and r.cap is cap and r.holds(at)]
    most = max(usual(railing.rails, cap), highest(raised, cap, at))
    ends = [r.until for r in raised if r.most == most]
    return f"{cap} {most}" + (f" until {moment(max(ends) // 1000)}" if ends else "")


def cap_deed(given: OrderRecord, order: OrderRecord, before: str, after: str) -> Deed:
    """Tell what an obeyed order did to a cap; *given* is the order itself, or its approval."""
    cause = ordered_by(given)
    return Deed(cause.by, PERSON, order.verb.value, about(order), cause.why, before, after)


def over(railing: Railing, before: int, now: int) -> Iterator[Deed]:
    """Tell the raises that ended between two times by the clock, seconds."""
    for scope, each in railing.raised:
        if 1000 * before < each.until <= 1000 * now:
            was = f"{each.cap} {each.most}"
            is_ = standing(railing, scope, each.cap, 1000 * now)
            why = f"{CLOCK.why}, as order {each.order} said"
            yield Deed(CLOCK.by, MACHINE, END, scope.value, why, was, is_)
