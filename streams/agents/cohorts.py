"""The cohorts agent: what shards say in, what the whole site says out.

It keeps no state: everything that was said in the last days is read again at the start.
"""

from __future__ import annotations

import asyncio
import logging  # noqa: TID251 - an edge: it runs unattended
from typing import TYPE_CHECKING, ClassVar

from streams.acquaintance import charge_of
from streams.agents.outbox import Message
from streams.agents.stateless import Stateless
from streams.cohorts import Cohorts
from streams.records import ENCODER, decision_record
from streams.wire.summaries import read_summary, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.agents.bulk import Bulk
    from streams.agents.tools import Tools
    from streams.wire.summaries import Summary

LOG = logging.getLogger("hedgerow")


class CohortsAgent(Stateless):
    """Merges the summaries of shards."""

    name: ClassVar[str] = "cohorts"
    topics: ClassVar[tuple[str, ...]] = ("summaries",)

    def __init__(self, tools: Tools) -> None:
        """Wait for all shards."""
        super().__init__()
        self._tools = tools
        self._charge = charge_of(tools.site, tools.settings)
        self._begin()

    async def take_up(self, partition: int) -> None:  # noqa: ARG002 - there is one
        """Begin anew."""
        self._begin()

    def _begin(self) -> None:
        self._cohorts = Cohorts(self._tools.shards, self._tools.settings.fleets)
        self._after = 0

    def leave(self, partition: int) -> None:
        """Leave it to another worker, who begins anew as well."""

    async def handle(self, bulk: Bulk) -> None:
        """Hear what shards say; tell what the whole site says of minutes that are over.

        All that many records closed is told at once, and nothing that was told before a restart.
        """
        merged: list[Summary] = []
        for record in bulk.records:
            self._after = record.offset + 1
            try:
                said = self._cohorts.hear(read_summary(record.value))
            except ValueError as error:
                self._tools.meters.failures.labels(self.name).inc()
                LOG.error("cohorts left out a record of summaries: %s", error)  # noqa: TRY400 - the words say all
                continue
            merged += [said] if said else []
        if merged and not self._cohorts.was_told(merged[-1]):
            told = together(merged)
            site = Message(self.topics[0], b"site", told.encoded(), 0)
            await self._tools.outbox.put([*self._decisions(told), site])

    def _decisions(self, told: Summary) -> Iterator[Message]:
        """Decide on the campaigns that the whole site shows."""
        for decision in self._charge.decisions(told.found):
            value = ENCODER.encode(decision_record(decision))
            yield Message("decisions", decision.target.encode(), value)

    async def learn(self, summary: Summary) -> None:
        """Have said so itself."""

    async def run(self) -> None:
        """Have nothing to do without records."""
        await asyncio.Event().wait()
