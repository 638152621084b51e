"""Records that were passed over are noticed, and what a broker leaves out is believed."""

from __future__ import annotations

from types import SimpleNamespace

from faust.types import TP

from streams.agents.bulk import Bulk
from streams.agents.contiguity import Contiguity

HERE = TP("access-log", 3)


def records(first: int, last: int) -> Bulk:
    return Bulk(*HERE, [SimpleNamespace(offset=offset) for offset in range(first, last + 1)])


def reading(offset: int) -> Contiguity:
    order = Contiguity()
    order.sought({HERE: offset})
    return order


def test_what_follows_is_taken() -> None:
    order = reading(5)

    assert [None, None] == [order.missing(HERE, records(*pair)) for pair in ((5, 9), (10, 12))]


def test_what_was_passed_over_is_fetched_again() -> None:
    order = reading(5)

    assert 5 == order.missing(HERE, records(8, 9))
    assert 5 == order.missing(HERE, records(10, 12))
    assert [None, None] == [order.missing(HERE, records(*pair)) for pair in ((5, 9), (10, 12))]


def test_what_comes_twice_is_taken_and_changes_nothing() -> None:
    order = reading(5)
    order.missing(HERE, records(5, 9))

    assert [None, None] == [order.missing(HERE, records(*pair)) for pair in ((5, 7), (10, 12))]


def test_what_the_broker_leaves_out_is_believed_the_second_time() -> None:
    order = reading(5)

    assert [5, None] == [order.missing(HERE, records(7, 9)) for _ in range(2)]
    assert order.missing(HERE, records(10, 10)) is None


def test_a_partition_that_nobody_sought_begins_where_it_comes() -> None:
    assert Contiguity().missing(HERE, records(7, 9)) is None
