"""Bulk: what a fetch brought of one partition, handed to an agent at once.

Faust hands over message by message, which costs 75 µs each, and commits what was acknowledged
message by message. Here the records of a partition come together, whatever shippers made of their
lines; what is committed is what an agent says is safe; and after a rebalance each partition goes on
where its state stands, which Kafka's committed offset does not know.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from aiokafka.errors import IllegalStateError
from faust.exceptions import ConsumerNotStarted
from faust.transport.drivers import aiokafka
from faust.types import ConsumerMessage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

    from faust.types import TP

NAP = 0.02  # seconds until an agent that had enough to do is looked at again


class Positions(Protocol):
    """Who knows where each partition goes on."""

    def safe(self, assigned: Iterable[TP]) -> Mapping[TP, int]:
        """Tell what can be committed."""

    async def taken_up(self, assigned: Iterable[TP]) -> Mapping[TP, int | None]:
        """Take partitions up, leave others; None: go on from the first that is kept."""

    def wants(self, tp: TP) -> bool:
        """Tell whether more of a partition can be handled now."""


class Bulk(NamedTuple):
    """Records of one partition, in order; each has offset, key, value and timestamp."""

    topic: str
    partition: int
    records: Sequence[Any]


class BulkConsumer(aiokafka.Consumer):
    """Faust's consumer of aiokafka, by the fetch; `positions` of the application say where from."""

    @cached_property
    def _seeking(self) -> asyncio.Lock:
        """Let one take up what is new, and seek, before another looks."""
        return asyncio.Lock()

    @property
    def _positions(self) -> Positions:
        """Who knows where each partition goes on."""
        return self.app.positions  # type: ignore[attr-defined,no-any-return]  # `Worker` sets it

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, ConsumerMessage]]:  # noqa: ASYNC109 - Faust's signature
        """Fetch; yield one message for each partition that has records."""
        if not self.flow_active:
            await self.wait(self.can_resume_flow)  # type: ignore[arg-type]  # as Faust does
        generation = self.app.consumer_generation_id  # of the fetch, not of its answer
        fetched, active = await self._wait_next_records(timeout)
        for tp, records in (fetched or {}).items():
            if not self.flow_active or self.app.consumer_generation_id != generation:
                break
            if records and (active is None or tp in active or tp in self._buffered_partitions):
                self.app.monitor.track_tp_end_offset(tp, self.highwater(tp))
                yield tp, self._as_one(tp, records)
        if fetched and not (self.flow_active and self.app.consumer_generation_id == generation):
            with suppress(IllegalStateError):  # dealt out anew once more, which seeks as well
                await self.perform_seek()

    async def _getmany(
        self,
        active_partitions: set[TP] | None,
        timeout: float,  # noqa: ASYNC109 - Faust's signature
    ) -> Mapping[TP, list[Any]]:
        """Fetch of partitions whose agent is ready for more, so that none waits for another.

        The one that is behind may be behind for want of what the other would say.
        """
        active = active_partitions or set()
        wanted = {tp for tp in active if self._positions.wants(tp)}
        if not wanted:
            await self.sleep(NAP)
            return {}
        patience = timeout if len(wanted) == len(active) else NAP
        found: Mapping[TP, list[Any]] = await super()._getmany(wanted, patience)
        return found

    def _as_one(self, tp: TP, records: Sequence[Any]) -> ConsumerMessage:
        """Wrap records up; the message stands at the last of them."""
        last = records[-1]
        return ConsumerMessage(
            topic=tp.topic,
            partition=tp.partition,
            offset=last.offset,
            timestamp=last.timestamp / 1000,
            timestamp_type=last.timestamp_type,
            headers=None,
            key=None,
            value=Bulk(tp.topic, tp.partition, records),  # type: ignore[arg-type]  # nobody decodes
            checksum=None,
            tp=tp,
            generation_id=self.app.consumer_generation_id,
        )

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Have no use for gaps: agents know what they have taken."""

    async def commit(self, topics: object = None, start_new_transaction: bool = True) -> bool:  # noqa: ARG002, FBT001, FBT002 - Faust's signature
        """Commit what agents say is safe."""
        try:
            safe = self._positions.safe(self.assignment())
        except ConsumerNotStarted:  # stopped while it was starting
            return False
        new = {tp: offset for tp, offset in safe.items() if self._committed_offset[tp] != offset}
        if not new or not await self._commit(new):
            return False
        self._committed_offset.update(new)
        for tp, offset in new.items():
            self.app.monitor.on_tp_commit({tp: offset})
        return True

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go on where the state of each partition stands, taking it up first where it is new."""
        async with self._seeking:
            wanted = await self._positions.taken_up(self.assignment())
            fresh = [tp for tp, offset in wanted.items() if offset is None]
            known = {tp: offset for tp, offset in wanted.items() if offset is not None}
            known |= await self.earliest_offsets(*fresh) if fresh else {}
            if known:
                await self.seek_wait(known)
            return known

    async def go_back(self, tp: TP, offset: int) -> None:
        """Fetch a partition again from an offset on; Faust must not take it for a repetition."""
        self._read_offset[tp] = offset
        await self.seek_wait({tp: offset})

    async def ends(self, partitions: Iterable[TP]) -> Mapping[TP, int]:
        """Ask for the next offsets, beside the other calls: no answer must not hold those up."""
        thread = self._thread
        asked = asyncio.run_coroutine_threadsafe(
            thread._highwaters(list(partitions)),  # noqa: SLF001 - the public one waits for its turn
            thread.thread_loop,
        )
        found: Mapping[TP, int] = await asyncio.wrap_future(asked)
        return found
