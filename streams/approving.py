"""Approving: hold an order that takes two people until the second one agrees, for an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from streams.wire.orders import OrderRecord, Verb, milliseconds, takes_two

if TYPE_CHECKING:
    from collections.abc import Iterable

WITHIN = 3_600_000  # milliseconds; chosen: a colleague is found, and both still know why


class Held(msgspec.Struct, frozen=True):
    """An order that waits."""

    order: OrderRecord
    at: int  # milliseconds since 1970 UTC, by the broker's clock


class Approvals:
    """Orders that wait; taking one twice is taking it once."""

    def __init__(self, held: Iterable[Held] = ()) -> None:
        """Go on with what was *held*."""
        self._held = {each.order.id: each for each in held}

    @property
    def held(self) -> tuple[Held, ...]:
        """List what waits, the oldest first."""
        return tuple(sorted(self._held.values(), key=lambda each: (each.at, each.order.id)))

    def admit(self, order: OrderRecord, at: int) -> OrderRecord | None:
        """Give the order to obey now, if any, given the time as `Held.at`.

        ValueError says why an approval approves nothing.
        """
        self.forget(at)
        if order.verb is Verb.APPROVE:
            return self._approved(order)
        if takes_two(order):
            self._held.setdefault(order.id, Held(order, at))
            return None
        return order

    def forget(self, at: int) -> None:
        """Drop what has waited for too long."""
        late = [name for name, each in self._held.items() if at - each.at > WITHIN]
        for name in late:
            del self._held[name]

    def check(self, name: str, by: str) -> OrderRecord:
        """Give the order that waits by this id, if *by* may approve it; KeyError: none waits.

        ValueError: whoever gave it cannot be the second person.
        """
        order = self._held[name].order
        if order.by == by:
            msg = f"order {name} is {by}'s own: it takes a second person"
            raise ValueError(msg)
        return order

    def _approved(self, approval: OrderRecord) -> OrderRecord:
        name = approval.approves or ""
        try:
            order = self.check(name, approval.by)
        except KeyError:
            raise ValueError(nothing(name)) from None
        del self._held[name]
        return order


def nothing(name: str) -> str:
    """Say that no order waits by this id."""
    return f"no order {name!r} waits: it is unknown, obeyed already, or older than an hour"


def waiting(orders: Iterable[OrderRecord], at: int) -> Approvals:
    """Find what waits at a time, from all orders; what is no use to anybody is passed over."""
    found = Approvals()
    for order in orders:
        try:
            found.admit(order, milliseconds(order.at))
        except ValueError:
            continue
    found.forget(at)
    return found
