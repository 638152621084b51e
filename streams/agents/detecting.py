"""The detecting agent: requests in, signals, decisions and summaries out; one shard a partition."""

from __future__ import annotations

import asyncio
import logging  # noqa: TID251 - an edge: it runs unattended
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from streams.agents.lines import packed
from streams.agents.outbox import Message
from streams.letters import letters
from streams.metering import count_judged, count_pictures, leave_shard
from streams.records import ENCODER, decision_record, signal_record
from streams.shard import Shard
from streams.snapshot import next_at
from streams.wire.requests import Requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streams.agents.bulk import Bulk
    from streams.agents.tools import Tools
    from streams.shard import Findings
    from streams.wire.summaries import Summary

LOG = logging.getLogger("hedgerow")
LEARNT = 4_000  # summaries; there is one a minute at most, and a baseline looks back 28 hours
LOOK = 1.0  # seconds between two looks at which checkpoints are due


@dataclass(slots=True)
class Held:
    """A shard that this worker holds."""

    shard: Shard
    after: int  # offset in requests of the first record that it has not taken
    safe: int  # … that its last checkpoint does not cover
    due: float  # when the next may be taken, seconds
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # held while it judges and tells


class DetectingAgent:
    """Judges the shards that this worker holds."""

    name: ClassVar[str] = "detecting"
    topics: ClassVar[tuple[str, ...]] = ("requests",)

    def __init__(self, tools: Tools) -> None:
        """Hold no shard yet."""
        self._tools = tools
        self._held: dict[int, Held] = {}
        # By the whole site, for shards that are taken up later; of more than the last day.
        self._said: deque[Summary] = deque(maxlen=LEARNT)

    async def take_up(self, partition: int) -> None:
        """Go on with a shard's memory as it stood, or with none."""
        tools = self._tools
        with tools.meters.restore_seconds.time():
            shard = Shard(tools.site, tools.settings, partition, tools.shards, tools.inputs)
            found = await tools.checkpoints.load(partition, self.name)
            after = 0
            if found:
                shard.restore(found.columns)
                after = found.offsets[self.topics[0]]
            for summary in self._said:
                shard.learn(summary)
        tools.count_up("forgotten", str(partition), shard.forgotten)  # others have told of those
        due = tools.now() + tools.settings.flow.checkpoint
        self._held[partition] = Held(shard, after, after, due)
        tools.meters.shards.set(len(self._held))

    def leave(self, partition: int) -> None:
        """Forget a shard."""
        if self._held.pop(partition, None):
            leave_shard(self._tools.meters, partition)
            self._tools.meters.shards.set(len(self._held))

    def next(self, partition: int) -> Mapping[str, int]:
        """Go on behind the last record that was taken."""
        return {self.topics[0]: self._held[partition].after}

    def done(self, partition: int) -> Mapping[str, int]:
        """Tell what was taken."""
        return {self.topics[0]: self._held[partition].after}

    def safe(self, partition: int) -> Mapping[str, int]:
        """Tell what a checkpoint covers: it is not needed any more."""
        return {self.topics[0]: self._held[partition].safe}

    def waits(self, partition: int) -> bool:  # noqa: ARG002 - never
        """Wait for nobody."""
        return False

    async def handle(self, bulk: Bulk) -> None:
        """Take requests, and judge the ticks that they close."""
        held = self._held.get(bulk.partition)
        if held is None:
            return
        async with held.turn:
            for record in bulk.records:
                if record.offset >= held.after:
                    self._take(held, record.value)
                    held.after = record.offset + 1
            await self._judge(held)

    async def learn(self, summary: Summary) -> None:
        """Judge the ticks that waited for the site's baseline."""
        self._said.append(summary)
        await asyncio.gather(*(self._learn(held, summary) for held in self._held.values()))

    async def _learn(self, held: Held, summary: Summary) -> None:
        async with held.turn:
            held.shard.learn(summary)
            await self._judge(held)

    async def run(self) -> None:
        """Keep the state of each shard, now and then, one after the other."""
        while True:
            await asyncio.sleep(LOOK)
            for number, held in list(self._held.items()):
                if self._tools.now() >= held.due and held.after > held.safe:
                    await self._keep(number, held)

    def _take(self, held: Held, value: bytes | None) -> None:
        try:
            held.shard.take(Requests.decoded(value or b""))
        except (ValueError, OverflowError) as error:
            self._tools.meters.failures.labels(self.name).inc()
            LOG.error("shard %d left out a record of requests: %s", held.shard.number, error)  # noqa: TRY400 - the words say all

    async def _judge(self, held: Held) -> None:
        """Judge what can be judged, and return once all that was found is with the broker."""
        findings = held.shard.judge()
        await self._tools.outbox.put(list(self._messages(findings, held.shard.number)))
        for letter in letters(self._tools.site, findings.decisions):
            LOG.warning("%s", letter)
        meters = self._tools.meters
        count_judged(meters, findings.signals, findings.decisions, self._tools.now())
        count_pictures(meters, findings.pictures)
        meters.late_lines.inc(findings.late)
        meters.watermark_timestamp_seconds.labels(str(held.shard.number)).set(held.shard.watermark)
        forgotten = self._tools.count_up("forgotten", str(held.shard.number), held.shard.forgotten)
        meters.forgotten_actors.inc(forgotten)

    def _messages(self, findings: Findings, shard: int) -> Iterator[Message]:
        for value in packed(map(signal_record, findings.signals)):
            yield Message("signals", None, value, shard)
        for decision in findings.decisions:
            value = ENCODER.encode(decision_record(decision))
            yield Message("decisions", decision.target.encode(), value)
        if findings.summary:
            yield Message("summaries", b"%d" % shard, findings.summary.encoded(), 0)

    async def _keep(self, number: int, held: Held) -> None:
        """Keep the state of a shard; judging stands still only while it is copied."""
        began = self._tools.now()
        async with held.turn:
            with self._tools.meters.checkpoint_seconds.time():
                state, after = held.shard.state(), held.after
        offsets = {self.topics[0]: after}
        size = await self._tools.checkpoints.save(number, self.name, offsets, state)
        held.safe, ended = after, self._tools.now()
        held.due = next_at(began, ended, self._tools.settings.flow.checkpoint)
        if number in self._held:
            meters = self._tools.meters
            meters.checkpoint_timestamp_seconds.labels(str(number)).set(ended)
            meters.checkpoint_bytes.labels(str(number)).set(size)
