"""A crew takes up what is dealt to it, leaves what is not its own any more, and nothing else."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, ClassVar

import pytest
from faust.types import TP
from prometheus_client import CollectorRegistry

from streams.agents.bulk import Bulk
from streams.agents.crew import Crew
from streams.metrics import Meters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.wire.summaries import Summary


class Diary:
    """An agent that writes down what it is told."""

    name: ClassVar[str] = "detecting"
    topics: ClassVar[tuple[str, ...]] = ("requests",)

    def __init__(self) -> None:
        self.said: list[str] = []

    async def take_up(self, partition: int) -> None:
        """Write it down, once others had a turn."""
        await asyncio.sleep(0)
        self.said.append(f"take {partition}")

    def leave(self, partition: int) -> None:
        """Write it down."""
        self.said.append(f"leave {partition}")

    def next(self, partition: int) -> Mapping[str, int]:
        """Have taken ten records of each partition per its number."""
        return dict.fromkeys(self.topics, 10 * partition)

    def done(self, partition: int) -> Mapping[str, int]:
        """Have handled as many."""
        return dict.fromkeys(self.topics, 10 * partition)

    def safe(self, partition: int) -> Mapping[str, int]:
        """Have kept the state of a tenth."""
        return dict.fromkeys(self.topics, partition)

    def waits(self, partition: int) -> bool:
        """Wait with one partition."""
        return partition == 7

    async def handle(self, bulk: Bulk) -> None:
        """Write it down."""
        self.said.append(f"handle {bulk.partition}")

    async def learn(self, summary: Summary) -> None:
        """Write it down."""
        self.said.append(f"learn {summary.closed}")

    async def run(self) -> None:
        """Fail."""
        raise RuntimeError(self.name)


class Double(Diary):
    """One with two topics."""

    name: ClassVar[str] = "deciding"
    topics: ClassVar[tuple[str, ...]] = ("decisions", "orders")


class Table:
    """A crew of both, and what it is dealt."""

    def __init__(self) -> None:
        self.diary, self.double = Diary(), Double()
        self.crew = Crew([self.diary, self.double], Meters.of(CollectorRegistry()))

    def deal(self, *partitions: int, topic: str = "requests") -> dict[TP, int | None]:
        """Deal out these partitions and no others."""
        return asyncio.run(self.crew.taken_up([TP(topic, n) for n in partitions]))


def test_new_partitions_are_taken_up_in_order_and_once() -> None:
    table = Table()

    table.deal(3, 1)
    table.deal(1, 2, 3)

    assert table.diary.said == ["take 1", "take 3", "take 2"]


def test_others_are_left_before_new_ones_are_taken_up() -> None:
    table = Table()

    table.deal(1, 2)
    table.deal(2, 3)

    assert table.diary.said == ["take 1", "take 2", "leave 1", "take 3"]


def test_what_was_left_is_taken_up_anew() -> None:
    table = Table()

    table.deal(1)
    table.deal()
    table.deal(1)

    assert table.diary.said == ["take 1", "leave 1", "take 1"]


def test_each_partition_goes_on_where_its_agent_says() -> None:
    table = Table()
    table.deal(0, 2)

    assert table.deal(0, 2) == {TP("requests", 0): None, TP("requests", 2): 20}


def test_an_agent_of_two_topics_takes_both_up_at_once() -> None:
    table = Table()

    assert table.deal(1, topic="orders") == {TP("decisions", 1): 10, TP("orders", 1): 10}
    assert table.double.said == ["take 1"]
    assert table.diary.said == []


def test_only_what_is_assigned_is_committed() -> None:
    table = Table()
    table.deal(4, 5)

    assert table.crew.safe([TP("requests", 5), TP("requests", 6)]) == {TP("requests", 5): 5}
    assert table.crew.positions() == {TP("requests", 4): 40, TP("requests", 5): 50}


def test_topics_that_nobody_handles_are_no_matter() -> None:
    assert Table().deal(1, topic="signals") == {}


def test_whoever_waits_for_others_says_so() -> None:
    assert [Table().crew.waits(TP("requests", n)) for n in (6, 7)] == [False, True]


def test_what_an_agent_fails_at_is_not_hidden() -> None:
    with pytest.raises(RuntimeError, match="detecting"):
        asyncio.run(Table().crew.run())


def test_what_an_agent_has_to_have_next_is_what_must_come() -> None:
    """While partitions are dealt out anew it is the agent that knows, not who sought them."""
    table = Table()
    table.deal(3)

    def came(partition: int, first: int) -> Bulk:
        return Bulk("requests", partition, [SimpleNamespace(offset=first)])

    assert [None, 30] == [table.crew.missing(came(3, first)) for first in (30, 31)]
    assert table.crew.missing(came(4, 99)) is None
