"""Railed: what people's orders and the rails leave of the decisions in a folder."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec import UNSET

from actors.frame import Scope
from enforcement.moments import seconds
from enforcement.railing import Railing
from enforcement.raising import Raise
from streams.wire.orders import RAILED, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enforcement.decision import Decision
    from enforcement.rails import Rails
    from streams.folder import Order


def railed(
    decisions: Iterable[Decision], orders: Sequence[Order], rails: Rails
) -> tuple[list[Decision], Railing]:
    """Give the decisions that get through, and how the rails stand after the last of them."""
    railing, through = Railing(rails), []
    waiting = deque(order for order in orders if order.verb in RAILED)
    for decision in decisions:
        while waiting and seconds(waiting[0].at) <= decision.at:
            obey(railing, waiting.popleft())
        if railing.admits(decision, decision.at * 1000):
            through.append(decision)
    for order in waiting:
        obey(railing, order)
    return through, railing


def obey(railing: Railing, order: Order) -> None:
    """Do what a person ordered of the rails of a scope: act again there, raise or lower a cap."""
    scope, at = Scope(order.target), seconds(order.at) * 1000
    if order.verb == Verb.RESET:
        railing.reset(scope, at)
    elif order.verb == Verb.RAISE:
        railing.lift(scope, raise_in(order))
    elif order.cap is not UNSET:
        railing.lower(scope, order.cap, at)


def raise_in(order: Order) -> Raise:
    """Read what an order in a folder raises; ValueError where it is nothing."""
    if order.cap is UNSET or order.most is UNSET or order.lasts is UNSET:
        msg = f"expected cap, most and lasts in an order to raise, saw {order}"
        raise ValueError(msg)
    at = seconds(order.at) * 1000
    until = at + 1000 * order.lasts
    return Raise(order.cap, order.most, at, until, f"of {order.by} at {order.at}")


def is_halted(orders: Iterable[Order]) -> bool:
    """Tell whether a person has emptied the list and not taken that back."""
    said = [order.verb for order in orders if order.verb in (Verb.HALT, Verb.RESUME)]
    return bool(said) and said[-1] == Verb.HALT
