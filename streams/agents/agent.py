"""Agent: what handles the records of some topics; one of each kind in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.agents.bulk import Bulk
    from streams.wire.summaries import Summary


class Agent(Protocol):
    """Handles what comes, and says what has to be read again after a crash.

    Partitions are taken up and left one by one; an agent of several topics has one partition of
    each. All of it runs in one event loop.
    """

    name: ClassVar[str]
    topics: ClassVar[tuple[str, ...]]

    async def take_up(self, partition: int) -> None:
        """Find the state of a partition, before its first record comes."""

    def leave(self, partition: int) -> None:
        """Forget a partition: another worker has it now."""

    def next(self, partition: int) -> Mapping[str, int]:
        """Tell by topic the offset to go on from; 0: the first that is kept."""

    def done(self, partition: int) -> Mapping[str, int]:
        """Tell by topic the offset before which all is handled, and what it led to is sent."""

    def safe(self, partition: int) -> Mapping[str, int]:
        """Tell by topic the offset before which nothing is needed any more."""

    def waits(self, partition: int) -> bool:
        """Tell whether a partition stands still because others have to move first."""

    async def handle(self, bulk: Bulk) -> None:
        """Take records; return once more may come."""

    async def learn(self, summary: Summary) -> None:
        """Learn what the whole site says of its last minutes."""

    async def run(self) -> None:
        """Do what has to be done without records, for ever."""
