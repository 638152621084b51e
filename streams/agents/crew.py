"""Crew: the agents of a worker, and which partitions they hold."""

from __future__ import annotations

import asyncio
import logging  # noqa: TID251 - an edge: it runs unattended
from typing import TYPE_CHECKING

from faust.types import TP

from streams.agents.contiguity import Contiguity
from streams.metering import leave_partition, show_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from streams.agents.agent import Agent
    from streams.agents.bulk import Bulk
    from streams.metrics import Meters
    from streams.wire.summaries import Summary

LOG = logging.getLogger("hedgerow")


class Crew:
    """Takes partitions up and leaves them as they are dealt out; see `BulkConsumer`."""

    def __init__(self, agents: Sequence[Agent], meters: Meters) -> None:
        """Work with these agents."""
        self.agents = agents
        self._meters = meters
        self._by_topic = {topic: agent for agent in agents for topic in agent.topics}
        self._contiguity = Contiguity()
        self._held: set[tuple[str, int]] = set()  # agent, partition
        self.idle: dict[str, Callable[[], bool]] = {}  # per topic, whether nothing of it waits

    async def taken_up(self, assigned: Iterable[TP]) -> dict[TP, int | None]:
        """Take up what is new, leave what is not ours any more; tell where each goes on."""
        self._meters.rebalances.inc()
        show_state(self._meters, "restoring")
        wanted = {
            (self._by_topic[tp.topic].name, tp.partition)
            for tp in assigned
            if tp.topic in self._by_topic
        }
        for agent in self.agents:
            for name, partition in self._held - wanted:
                if name == agent.name:
                    self._leave(agent, partition)
        for agent in self.agents:
            new = [partition for name, partition in wanted - self._held if name == agent.name]
            for partition in sorted(new):
                await agent.take_up(partition)
                self._held.add((agent.name, partition))
        if wanted:
            LOG.info("holds %s", self._told())
        show_state(self._meters, "running")
        return {
            TP(topic, partition): offset or None
            for agent, partition in self._holding()
            for topic, offset in agent.next(partition).items()
        }

    def safe(self, assigned: Iterable[TP]) -> dict[TP, int]:
        """Tell what can be committed of the partitions that are held."""
        assigned = set(assigned)
        return {
            TP(topic, partition): offset
            for agent, partition in self._holding()
            for topic, offset in agent.safe(partition).items()
            if TP(topic, partition) in assigned
        }

    def wants(self, tp: TP) -> bool:
        """Tell whether more of a partition can be handled now.

        Its agent has nothing of the topic left to do but what it is at, and does not wait for
        others before it goes on with this partition.
        """
        idle = tp.topic not in self.idle or self.idle[tp.topic]()
        return idle and not self.waits(tp)

    def positions(self) -> Mapping[TP, int]:
        """Tell how far each partition was handled."""
        return {
            TP(topic, partition): offset
            for agent, partition in self._holding()
            for topic, offset in agent.done(partition).items()
        }

    def missing(self, bulk: Bulk) -> int | None:
        """Tell from where to fetch again, where records before these were passed over.

        The agent itself says what it has to have next, at any moment of being dealt out anew.
        """
        agent = self._by_topic[bulk.topic]
        if (agent.name, bulk.partition) not in self._held:
            return None
        expected = agent.next(bulk.partition)[bulk.topic]
        tp = TP(bulk.topic, bulk.partition)
        return expected if self._contiguity.broken(tp, bulk, expected) else None

    def waits(self, tp: TP) -> bool:
        """Tell whether a partition stands still because others have to move first."""
        return self._by_topic[tp.topic].waits(tp.partition)

    async def handle(self, bulk: Bulk) -> None:
        """Let the agent of its topic handle what came, and measure it."""
        agent = self._by_topic[bulk.topic]
        meters, name = self._meters, agent.name
        meters.records.labels(name).inc(len(bulk.records))
        meters.batch_rows.labels(name).observe(len(bulk.records))
        size = sum(len(record.value or b"") for record in bulk.records)
        meters.batch_bytes.labels(name).observe(size)
        with meters.batch_seconds.labels(name).time():
            await agent.handle(bulk)

    async def learn(self, summary: Summary) -> None:
        """Let every agent know what the whole site says."""
        for agent in self.agents:
            await agent.learn(summary)

    async def run(self) -> None:
        """Let every agent do what it does by itself; raises what one of them raises."""
        await asyncio.gather(*(agent.run() for agent in self.agents))

    def _holding(self) -> Iterator[tuple[Agent, int]]:
        """List which agent holds which partitions."""
        for agent in self.agents:
            for name, partition in self._held:
                if name == agent.name:
                    yield agent, partition

    def _leave(self, agent: Agent, partition: int) -> None:
        agent.leave(partition)
        self._held.discard((agent.name, partition))
        for topic in agent.topics:
            leave_partition(self._meters, topic, partition)

    def _told(self) -> str:
        held = {
            agent.name: sorted(p for holder, p in self._holding() if holder is agent)
            for agent in self.agents
        }
        return ", ".join(f"{name} {partitions}" for name, partitions in held.items() if partitions)
