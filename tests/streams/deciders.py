"""Deciders: records as machines and people write them, and readers of what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.frame import Scope
from enforcement.decision import Action, Decision
from streams.deciding import Deciding
from streams.records import ENCODER, decision_record
from streams.wire.entries import read
from streams.wire.halts import HALT
from streams.wire.orders import Verb, Wish, ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from enforcement.standing import Entry
    from streams.wire.told import Change

    Stamped = tuple[bytes, int]  # a record and its timestamp, milliseconds

NOON = 1_795_521_600  # 2026-11-24 12:00 UTC
ONE = "203.0.113.7"
TARGETS = {
    ONE: Scope.ADDRESS,
    "203.0.113.8": Scope.ADDRESS,
    "203.0.113.0/24": Scope.NETWORK,
    "2001:db8:1:2::/64": Scope.ADDRESS,
}


def decided(
    target: str = ONE,
    *,
    at: int = NOON,
    lasts: int = 3600,
    action: Action = Action.BLOCK,
    scope: Scope = Scope.ADDRESS,
) -> bytes:
    decision = Decision(
        id=f"{target} {at} {action.name}",
        at=at,
        action=action,
        scope=scope,
        key=1,
        target=target,
        until=at + lasts,
        score=12.0,
        families=("shape", "volume"),
        signals=(),
        pictures=400,
        owners=3,
        rules="r",
        settings="s",
    )
    return ENCODER.encode(decision_record(decision))


def wished(
    verb: Verb,
    target: str = ONE,
    *,
    at: int = NOON,
    lasts: int | None = None,
    action: Action = Action.BLOCK,
) -> bytes:
    wish = Wish(verb, target, "because", lasts, action)
    return ENCODER.encode(ordered(wish, "ann", at * 1000))


def shown(changes: Iterable[Change], known: dict[str, Entry] | None = None) -> dict[str, Entry]:
    """Keep a table of what a reader of the topic knows."""
    table = dict(known or {})
    for key, value in changes:
        if key == HALT:
            continue
        table.pop(key, None)
        if value is not None:
            table[key] = read(value)[0]
    return table


def words(changes: Iterable[Change]) -> dict[str, str | None]:
    return {key: None if value is None else read(value)[0].word for key, value in changes}


def recorded(drawn: Iterable[tuple[str, str, int]]) -> tuple[list[Stamped], list[Stamped]]:
    """Let one thing happen each second, from noon on: (what, to whom, for how long)."""
    decisions, orders = [], []
    for at, (what, target, lasts) in enumerate(drawn, NOON):
        if what == "decide":
            record = decided(target, at=at, lasts=lasts, scope=TARGETS[target])
            decisions.append((record, at * 1000))
        else:
            orders.append((wished(Verb(what), target, at=at, lasts=lasts), at * 1000))
    return decisions, orders


def mixed(
    decisions: Sequence[Stamped], orders: Sequence[Stamped], turns: Iterable[bool]
) -> Iterator[Stamped]:
    """Read two topics in turns, each in its order."""
    left = {True: list(decisions), False: list(orders)}
    for turn in turns:
        if left[turn]:
            yield left[turn].pop(0)
    yield from (*left[False], *left[True])


def settled(records: Iterable[Stamped], end: int) -> tuple[Deciding, dict[str, Entry]]:
    """Read records up to a time, by the log and by the clock; give what readers know then."""
    deciding = Deciding()
    known: dict[str, Entry] = {}
    for record, at in records:
        take = deciding.order if b'"verb"' in record else deciding.decide
        known = shown(take(record, at), known)
    return deciding, shown(deciding.clock(end, end), known)
