"""Overturning: whom people let go whom machines had blocked, by detector; pure, records come in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from actors.frame import Scope
from enforcement.blocklist import is_within
from enforcement.decision import Action
from enforcement.undone import grounds
from streams.approving import Approvals
from streams.folder import decision_of
from streams.records import DecisionRecord
from streams.wire.appeals import Outcome
from streams.wire.orders import Verb, read_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enforcement.decision import Decision
    from streams.appeals import Case
    from streams.wire.orders import OrderRecord

    Stamped = tuple[bytes, int]  # a record, and its timestamp in milliseconds
    Given = tuple[OrderRecord, int]  # an order that was obeyed, and when

DETECTOR = "detector:"


class Block(NamedTuple):
    """A machine's block, and from when to when it was in force by the clock, milliseconds."""

    decision: Decision
    begins: int
    ends: int


def overturned(
    decisions: Iterable[Stamped], orders: Iterable[Stamped], told: Iterable[Case]
) -> dict[str, int]:
    """Count the actors that people let go, by the detectors that had had them blocked.

    A pardon tells that a block was wrong whenever it comes, a release while the block holds, an
    appeal if it was granted. A release of all that one detector decided counts against that one.
    """
    blocks = list(blocks_in(decisions))
    wrong = {(each, name) for order in obeyed(orders) for each, name in hit(order, blocks)}
    known = {block.decision.id: block.decision.target for block in blocks}
    for case in told:
        closing = case.closing
        if closing and closing.outcome is Outcome.OVERTURNED:
            target = known.get(case.appeal.reference, case.appeal.reference)
            wrong |= {(target, name) for name in closing.detectors}
    names = [name for _, name in wrong]
    return {name: names.count(name) for name in sorted(set(names))}


def blocks_in(decisions: Iterable[Stamped]) -> Iterator[Block]:
    """Read the blocks among decisions; what nobody can read is left out."""
    for value, at in decisions:
        with suppress(ValueError):
            decision = decision_of(msgspec.json.decode(value, type=DecisionRecord))
            if decision.action is Action.BLOCK:
                yield Block(decision, at, at + 1000 * (decision.until - decision.at))


def obeyed(orders: Iterable[Stamped]) -> Iterator[Given]:
    """Give the orders that were obeyed, an order that takes two people once the second agreed."""
    approvals = Approvals()
    for value, at in orders:
        with suppress(ValueError):
            if order := approvals.admit(read_order(value), at):
                yield order, at


def hit(given: Given, blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Name the targets that an order let go, each with every detector that it speaks against."""
    order, at = given
    if order.verb not in {Verb.PARDON, Verb.RELEASE}:
        return
    for decision, begins, ends in blocks:
        late = order.verb is Verb.RELEASE and at >= ends
        if at < begins or late or not meant(order, decision):
            continue
        blamed = order.target.removeprefix(DETECTOR)
        named = decision.detectors if blamed == order.target else (blamed,)
        yield from ((decision.target, name) for name in named)


def meant(order: OrderRecord, decision: Decision) -> bool:
    """Tell whether an order is about whom a decision is about, or about what it rests on."""
    if order.scope is None:
        return order.target in grounds(decision)
    if order.scope is Scope.COHORT:
        return decision.campaign == order.target
    return is_within(decision, order.target)
