"""Changes name who fares otherwise, and what it costs."""

from __future__ import annotations

from access.event import Kind, Outcome
from enforcement.decision import Action
from evidence.bystanders import Bystanders
from evidence.changes import Fate, changes, counted
from tests.evidence.scenes import ADDRESS, Asked, batch, decision

BLOCKED = Fate(Action.BLOCK, saved=40, people=2)
SLOWED = Fate(Action.THROTTLE, saved=0, people=0)
HERE, THERE = ("address", "192.0.2.1"), ("address", "192.0.2.2")


def test_who_fares_the_same_is_not_named() -> None:
    assert changes({HERE: BLOCKED}, {HERE: BLOCKED}) == []


def test_who_is_met_harder_comes_first_and_saves_pictures() -> None:
    told = changes({HERE: BLOCKED}, {THERE: BLOCKED})

    assert [(c.target, c.milder, c.saved, c.people) for c in told] == [
        ("192.0.2.2", False, 40, 2),
        ("192.0.2.1", True, -40, 2),
    ]


def test_a_block_that_becomes_a_throttle_is_a_block_no_longer() -> None:
    told = changes({HERE: BLOCKED}, {HERE: SLOWED})

    assert counted(told) == {("address", "block", True): (1, -40, 2)}


def test_a_throttle_that_becomes_a_block_is_a_block_in_addition() -> None:
    told = changes({HERE: SLOWED}, {HERE: BLOCKED})

    assert counted(told) == {("address", "block", False): (1, 40, 2)}


def page(second: int, session: int = 0, outcome: Outcome = Outcome.DELIVERED) -> Asked:
    return Asked(second, session=session, kind=Kind.PAGE, outcome=outcome)


def test_people_are_sessions_that_looked_at_pages_while_they_were_held() -> None:
    there = Bystanders(1, ())
    rows = [page(1, 7), page(2, 7), page(3, 8), page(90, 9), page(4, 5, Outcome.REFUSED)]
    there.see(batch([*rows, Asked(5, session=6)]), [decision()])

    assert there.counts() == {("address", ADDRESS): 2}


def test_who_is_only_slowed_down_is_not_counted() -> None:
    there = Bystanders(1, ())
    there.see(batch([page(1, 7)]), [decision(action=Action.THROTTLE)])

    assert there.counts() == {}
