"""Railed: what people's orders and the rails leave of the decisions in a folder."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from actors.frame import Scope
from enforcement.moments import seconds
from enforcement.railing import Railing
from streams.wire.orders import Verb

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
    resets = deque(order for order in orders if order.verb == Verb.RESET)
    for decision in decisions:
        while resets and seconds(resets[0].at) <= decision.at:
            obey(railing, resets.popleft())
        if railing.admits(decision, decision.at * 1000):
            through.append(decision)
    for order in resets:
        obey(railing, order)
    return through, railing


def obey(railing: Railing, order: Order) -> None:
    """Act again in the scope that a person named."""
    railing.reset(Scope(order.target), seconds(order.at) * 1000)


def is_halted(orders: Iterable[Order]) -> bool:
    """Tell whether a person has emptied the list and not taken that back."""
    said = [order.verb for order in orders if order.verb in (Verb.HALT, Verb.RESUME)]
    return bool(said) and said[-1] == Verb.HALT
