"""Worker: the Faust application that runs agents, and what watches over it."""

from __future__ import annotations

import asyncio
import logging  # noqa: TID251 - an edge: it runs unattended
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import mode
from aiokafka.errors import IllegalStateError, KafkaError
from faust.sensors.prometheus import setup_prometheus_sensors
from faust.types import TP
from prometheus_client import CollectorRegistry

from streams.agents.application import application
from streams.agents.checkpoints import Checkpoints
from streams.agents.cohorts import CohortsAgent
from streams.agents.crew import Crew
from streams.agents.deciding import DecidingAgent
from streams.agents.detecting import DetectingAgent
from streams.agents.form import form_of
from streams.agents.outbox import Outbox
from streams.agents.parsing import ParsingAgent
from streams.agents.publishing import PublishingAgent
from streams.agents.reading import LONG, ends, reader
from streams.agents.tools import Tools
from streams.exposing import expose
from streams.metering import show_program, show_state, show_trust
from streams.metrics import Meters
from streams.wire.summaries import read_summary, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from access.site import Site
    from streams.agents.agent import Agent
    from streams.agents.bulk import BulkConsumer
    from streams.agents.form import Place
    from streams.settings import Settings
    from streams.wire.summaries import Summary

LOG = logging.getLogger("hedgerow")
KINDS: dict[str, Callable[[Tools], Agent]] = {
    kind.name: kind
    for kind in (ParsingAgent, DetectingAgent, CohortsAgent, DecidingAgent, PublishingAgent)
}
LOOK = 1.0  # seconds between two looks at lag
PATIENCE = 5.0  # seconds in which a broker says where a topic ends
STUCK = 70  # exit status of a worker that leaves because nothing moves any more


class Worker:
    """Runs some agents until it is stopped, or until nothing moves any more."""

    def __init__(
        self, site: Site, settings: Settings, place: Place, names: Sequence[str], meters: Meters
    ) -> None:
        """Run the agents of these *names*."""
        self.settings, self.meters = settings, meters
        self.app = application(settings)
        outbox = Outbox(self.app)
        checkpoints = Checkpoints(outbox, settings.broker, form_of(site, settings, place))
        self._tools = Tools(
            site=site,
            settings=settings,
            outbox=outbox,
            checkpoints=checkpoints,
            meters=meters,
            now=time.time,  # noqa: TID251 - the clock of the machine, for those who act
            ends=self._ends,
            inputs=place.inputs,
            shards=place.shards,
        )
        agents = [KINDS[name](self._tools) for name in names]
        self.crew = Crew(agents, meters)
        self.app.positions = self.crew  # type: ignore[attr-defined]  # for BulkConsumer
        self._moved: dict[TP, tuple[int, float]] = {}
        for agent in agents:
            for topic in agent.topics:
                self._attach(agent, topic)
        for task in (self._run, self._listen, self._watch):
            self.app.task(task)

    @classmethod
    def main(
        cls,
        site: Site,
        settings: Settings,
        place: Place,
        names: Sequence[str],
        port: int | None = None,
    ) -> None:
        """Run until a signal comes; metrics and health are served meanwhile."""
        registry, fausts = CollectorRegistry(), CollectorRegistry()
        worker = cls(site, settings, place, names, Meters.of(registry))
        setup_prometheus_sensors(worker.app, registry=fausts)
        metrics = settings.metrics
        asked = metrics.port if port is None else port
        exposure = expose(registry, metrics.host, asked, faust=fausts, trouble=worker.trouble)
        LOG.info("metrics at http://%s:%d/metrics", metrics.host, exposure.port)
        worker.tell()
        mode.Worker(
            worker.app, loglevel="WARN", override_logging=False, redirect_stdouts=False
        ).execute_from_commandline()

    def tell(self) -> None:
        """Say what is running."""
        show_program(self.meters, self.settings)
        show_trust(self.meters, self.settings.trust)
        show_state(self.meters, "starting")

    def trouble(self) -> str:
        """Say what is wrong, nothing where all is well."""
        return "" if self.app.consumer and self.crew.positions() else "no partitions held yet"

    def _attach(self, agent: Agent, topic: str) -> None:
        """Make a Faust agent that hands on what comes of a topic."""
        channel = self.app.topic(topic, key_serializer="raw", value_serializer="raw")

        async def handle(stream: Any) -> None:  # noqa: ANN401 - Faust comes without types
            self.crew.idle[topic] = stream.channel.queue.empty
            async for event in stream.noack().events():
                # What waited here while partitions were dealt out anew is fetched again, from where
                # their state stands; taken now it would hide what lies before it.
                if event.message.generation_id == self.app.consumer_generation_id:
                    await self._take(event.value)

        self.app.agent(channel, name=f"{agent.name}.{topic}")(handle)

    async def _take(self, bulk: Any) -> None:  # noqa: ANN401 - a Bulk
        """Handle what came, unless something before it was passed over."""
        missing = self.crew.missing(bulk)
        if missing is None:
            await self._handle(bulk)
            return
        tp = TP(bulk.topic, bulk.partition)
        LOG.warning("%s[%d]: fetches again from %d", *tp, missing)
        with suppress(IllegalStateError):  # dealt out anew, which seeks as well
            await cast("BulkConsumer", self.app.consumer).go_back(tp, missing)

    async def _handle(self, bulk: Any) -> None:  # noqa: ANN401 - a Bulk
        """Handle what came; what fails ends the worker, for it must not be gone past."""
        try:
            await self.crew.handle(bulk)
        except Exception:
            agent = bulk.topic
            LOG.exception("failed at %s[%d]", agent, bulk.partition)
            self._leave(1)

    async def _run(self) -> None:
        try:
            await self.crew.run()
        except Exception:
            LOG.exception("an agent failed")
            self._leave(1)

    async def _listen(self) -> None:
        """Hear what the whole site says: every worker has to know, so it is read by each."""
        while True:
            try:
                async with reader(self.settings.broker, "summaries", 0, LONG) as records:
                    first, _ = await records.ends()
                    async for some in records.follow(first):
                        if said := list(of_site(some)):
                            await self.crew.learn(together(said))
            except (KafkaError, OSError) as error:
                LOG.warning("cannot hear summaries (%r); tries again", error)
                await asyncio.sleep(LOOK)

    async def _watch(self) -> None:
        """Measure lag; leave where something waits and nothing moves, for a supervisor."""
        while True:
            await asyncio.sleep(LOOK)
            known: dict[TP, int] = {}
            held = list(self.crew.positions())
            for topic in {tp.topic for tp in held}:
                found = await self._ends(topic, [tp.partition for tp in held if tp.topic == topic])
                known |= {TP(topic, partition): end for partition, end in found.items()}
            now = time.monotonic()  # noqa: TID251 - measures that nothing moves
            for tp, position in self.crew.positions().items():
                if tp in known:
                    self._measure(tp, position, known[tp], now)

    def _measure(self, tp: TP, position: int, end: int, now: float) -> None:
        self.meters.lag_records.labels(tp.topic, str(tp.partition)).set(max(end - position, 0))
        self.meters.position.labels(tp.topic, str(tp.partition)).set(position)
        known, since = self._moved.get(tp, (-1, now))
        if known != position or position >= end or self.crew.waits(tp):
            self._moved[tp] = position, now
        elif now - since > self.settings.flow.stalled:
            LOG.error("%s[%d] stands at %d of %d; leaving", tp.topic, tp.partition, position, end)
            self._leave(STUCK)

    async def _ends(self, topic: str, partitions: Iterable[int]) -> dict[int, int]:
        """Ask the broker for the next offsets; nothing where it does not answer."""
        wanted = [TP(topic, partition) for partition in partitions]
        consumer = cast("BulkConsumer", self.app.consumer)
        # A loop that is closed already is that of a worker on its way out.
        with suppress(KafkaError, OSError, TimeoutError, RuntimeError):
            found = await asyncio.wait_for(consumer.ends(wanted), PATIENCE)
            return {tp.partition: end for tp, end in found.items()}
        # Is it the broker that says nothing, or does our consumer hang? Another one can tell.
        with suppress(KafkaError, OSError, TimeoutError):
            asked = ends(self.settings.broker, topic, [tp.partition for tp in wanted])
            return await asyncio.wait_for(asked, PATIENCE)
        return {}

    def _leave(self, status: int) -> None:
        """End at once: what was not acknowledged is done again by whoever takes over."""
        os._exit(status)


def of_site(records: Iterable[Any]) -> Iterator[Summary]:
    """Pick what the whole site says; the cohorts agent says what nobody can read."""
    for record in records:
        with suppress(ValueError):
            if record.key == b"site":
                yield read_summary(record.value)
