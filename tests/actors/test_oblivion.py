"""When slots are full, whoever asks little and not now is forgotten first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actors.features import DAY, Count, Statistic
from actors.frame import Scope
from actors.ledger import Ledger
from actors.memory import empty_memory
from tests.actors.traffic import START, asked_of, batch_of

if TYPE_CHECKING:
    from actors.frame import Frame

SLOTS = 8  # so that one is given up at a time


def ledger() -> Ledger:
    memory = empty_memory(actors=64, slots=SLOTS, sights=1 << 12, seed=7)
    return Ledger(Scope.ADDRESS, memory, [Count(Statistic.ASKED, DAY)], tick=1)


def ask(held: Ledger, second: int, asked: dict[int, int]) -> list[Frame]:
    """Let actors ask, one after the other in one second, for so many pictures each."""
    actors = np.repeat(list(asked), list(asked.values()))
    batch = batch_of(
        {"at": [START + 1000 * second] * len(actors), "address": actors, "kind": 4, "picture": 1}
    )
    return list(held.observe(asked_of(batch, batch.at // 1000)))


def remembered(held: Ledger) -> list[int]:
    """List who has a slot."""
    rows = held.memory.rows
    return sorted(rows["key"][rows["slot"] > 0].tolist())


def test_the_quiet_are_forgotten_before_the_loud() -> None:
    held = ledger()
    ask(held, 0, {1: 20})
    for actor in range(2, 9):
        ask(held, actor, {actor: 5})

    ask(held, 60, {9: 5})

    assert [1, *range(3, 10)] == remembered(held)


def test_who_asks_right_now_is_forgotten_last() -> None:
    held = ledger()
    for actor in range(1, 8):
        ask(held, actor, {actor: 20})

    ask(held, 60, {8: 5, 9: 5})

    assert [*range(2, 10)] == remembered(held)


def test_who_is_forgotten_within_a_tick_is_not_judged_in_it_and_nobody_else_is_missed() -> None:
    held = ledger()

    (frame,) = ask(held, 0, dict.fromkeys(range(1, 10), 12))

    assert [*range(2, 10)] == frame.actor.tolist()
