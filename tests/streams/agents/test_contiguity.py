"""Records that were passed over are noticed, and what a broker leaves out is believed."""

from __future__ import annotations

from types import SimpleNamespace

from faust.types import TP

from streams.agents.bulk import Bulk
from streams.agents.contiguity import Contiguity

HERE = TP("access-log", 3)


def records(first: int, last: int) -> Bulk:
    return Bulk(*HERE, [SimpleNamespace(offset=offset) for offset in range(first, last + 1)])


class Reading:
    """An agent that is read from an offset on, and what it says of records that come."""

    def __init__(self, offset: int) -> None:
        self.next, self.order = offset, Contiguity()

    def missing(self, first: int, last: int) -> int | None:
        """Tell from where to fetch again; else take the records."""
        if self.order.broken(HERE, records(first, last), self.next):
            return self.next
        self.next = max(self.next, last + 1)
        return None


def test_what_follows_is_taken() -> None:
    agent = Reading(5)

    assert [None, None] == [agent.missing(*pair) for pair in ((5, 9), (10, 12))]


def test_what_was_passed_over_is_fetched_again() -> None:
    agent = Reading(5)

    assert 5 == agent.missing(8, 9)
    assert 5 == agent.missing(10, 12)
    assert [None, None] == [agent.missing(*pair) for pair in ((5, 9), (10, 12))]


def test_what_comes_twice_is_taken_and_changes_nothing() -> None:
    agent = Reading(5)
    agent.missing(5, 9)

    assert [None, None] == [agent.missing(*pair) for pair in ((5, 7), (10, 12))]


def test_what_the_broker_leaves_out_is_believed_the_second_time() -> None:
    agent = Reading(5)

    assert [5, None] == [agent.missing(7, 9) for _ in range(2)]
    assert agent.missing(10, 10) is None


def test_what_was_too_old_to_be_kept_is_believed_the_second_time() -> None:
    agent = Reading(0)

    assert [0, None] == [agent.missing(7, 9) for _ in range(2)]
