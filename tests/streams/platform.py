"""A whole platform on one machine: a broker of its own, topics, and workers to start and kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition

from feeds.listing import listing
from streams.ordering import TOPIC
from streams.posted import Posted
from streams.records import ENCODER
from streams.wire.orders import Verb, Wish, ordered
from tests.services.guarded import OPEN, Guarded
from tests.services.kafka import KafkaBroker
from tests.services.ports import answered, free_port, until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

HEDGEROW = (sys.executable, "-m", "streams.commands")
NEVER = 3_600_000  # milliseconds: an input that waits for its shipper is not silent
PATIENCE = 120  # seconds for anything to happen
CLOSING = '203.0.113.250 - - [{}] "GET /robots.txt HTTP/1.1" 200 9 "-" "-"\n'


class Described(Protocol):
    """A made-up world, or whatever else knows its site."""

    def site_toml(self) -> str:
        """Say what the platform says of itself."""


@dataclass(slots=True)
class Worker:
    """One `hedgerow worker`, or a service."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int  # of its metrics, or where it answers

    def kill9(self) -> None:
        """End it in mid-air."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it as an init system does."""
        self.process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        self.kill9()


@dataclass(slots=True)
class Platform:
    """What a test may do to it."""

    folder: Path
    broker: KafkaBroker
    environment: dict[str, str]
    site: Path
    workers: list[Worker] = field(default_factory=list)

    def run(self, *words: str) -> str:
        """Run a command to its end; give what it printed."""
        done = subprocess.run(
            [*HEDGEROW, *words], env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def start(self, *words: str, program: Sequence[str] = HEDGEROW) -> Worker:
        """Start a worker."""
        port = free_port()
        told = (f"--site={self.site}", f"--metrics-port={port}")
        return self._launched("worker", port, *told, *words, program=program)

    def serve(self, port: int = 0) -> Worker:
        """Start a service that tells who is refused; it answers at its port."""
        port = port or free_port()
        self.environment["HEDGEROW_SERVICE_PORT"] = str(port)
        served = self._launched("serve", port)
        answered(port, served.process, PATIENCE)
        return served

    def _launched(
        self, verb: str, port: int, *words: str, program: Sequence[str] = HEDGEROW
    ) -> Worker:
        log = self.folder / f"{verb}{len(self.workers)}.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                [*program, verb, *words], env=self.environment, stdout=out, stderr=out
            )
        self.workers.append(Worker(process, log, port))
        return self.workers[-1]

    def await_held(self, worker: Worker) -> None:
        """Wait until a worker holds partitions."""
        until(lambda: b" holds " in worker.log.read_bytes(), "partitions held", PATIENCE)

    def order(self, verb: Verb, target: str) -> None:
        """Order as `hedgerow release` does, without starting a program each time."""
        wish = Wish(verb, target, "a reason of the test")
        given = ordered(wish, "tess", time.time_ns() // 1_000_000)  # noqa: TID251 - orders are dated
        producer = KafkaProducer(bootstrap_servers=self.broker.open_bootstrap)
        producer.send(TOPIC, ENCODER.encode(given), given.id.encode()).get(PATIENCE)
        producer.close()

    def delete(self, topic: str) -> None:
        """Lose a topic, as no platform should."""
        admin = KafkaAdminClient(bootstrap_servers=self.broker.open_bootstrap)
        try:
            admin.delete_topics([topic])
        finally:
            admin.close()

    def ship(self, log: Path, *words: str) -> None:
        """Send a log; it is all with the broker afterwards."""
        self.run("ship", str(log), *words)

    def close_ticks(self, newest: int, partitions: int = 6) -> int:
        """Send each partition lines of the next minutes, so that all before them is judged.

        *newest* in seconds of event time; returns a second up to which all will be.
        """
        log = self.closing(newest)
        for number in range(partitions):
            self.ship(log, f"--partition={number}")
        return newest // 60 * 60 + 60

    def closing(self, newest: int) -> Path:
        """Write the log that `close_ticks` sends."""
        log = self.folder / "closing.log"
        moments = (f"{moment:%d/%b/%Y:%H:%M:%S} +0000" for moment in after(newest))
        log.write_text("".join(map(CLOSING.format, moments)))
        return log

    def read(self, topic: str) -> list[Any]:
        """Read a topic from its beginning to its end."""
        consumer = KafkaConsumer(
            bootstrap_servers=self.broker.open_bootstrap, enable_auto_commit=False
        )
        try:
            places = [TopicPartition(topic, n) for n in consumer.partitions_for_topic(topic)]
            consumer.assign(places)
            consumer.seek_to_beginning(*places)
            ends = consumer.end_offsets(places)
            records: list[Any] = []
            while any(consumer.position(place) < ends[place] for place in places):
                for some in consumer.poll(1000).values():
                    records += some
            return records
        finally:
            consumer.close()

    def lines(self, topic: str) -> list[Any]:
        """Read a topic of JSON lines."""
        return [json.loads(line) for r in self.read(topic) for line in r.value.splitlines()]

    def decisions(self) -> dict[str, Any]:
        """Read what was decided, by id; a repetition is no matter."""
        return {record["id"]: record for record in self.lines("decisions")}

    def blocklist(self) -> bytes:
        """Write the block list as the topic has it."""
        posted, now = Posted(), time.time()  # noqa: TID251 - entries end by the clock
        for record in self.read("blocklist"):
            posted.hear(record.key, record.value, record.timestamp, now)
        return listing(posted.standing())

    def judged(self) -> int:
        """Tell the second of event time up to which the whole site is judged."""
        closed = [json.loads(r.value)["closed"] for r in self.read("summaries") if r.key == b"site"]
        return (max(closed, default=0) + 1) * 60

    def await_judged(self, second: int, within: float = PATIENCE) -> None:
        """Wait until all up to a second of event time is judged."""
        until(lambda: self.judged() >= second, f"event time {second}", within)


def after(newest: int) -> Iterator[datetime]:
    """Give moments of the next minutes, each near enough to the one before to be believed."""
    for step in range(1, 9):
        yield datetime.fromtimestamp(newest + 20 * step, UTC)


@contextmanager
def platform(
    folder: Path,
    world: Described,
    *,
    partitions: int = 6,
    shards: int = 6,
    guarded: Guarded = OPEN,
    **settings: object,
) -> Iterator[Platform]:
    """Run one, with its topics there and no worker yet; everything is ended afterwards.

    Its programs meet the demands of a *guarded* broker; what tests arrange, they arrange openly.
    """
    folder.mkdir(parents=True, exist_ok=True)
    site = folder / "site.toml"
    site.write_text(world.site_toml())
    broker = KafkaBroker(folder / "kafka", guarded)
    demanded = guarded.settings(broker.folder)
    given: Mapping[str, object] = {
        **{f"broker_{key}": value for key, value in demanded.items()},
        "broker_bootstrap": broker.bootstrap,
        "broker_partitions": partitions,
        "broker_shards": shards,
        "flow_idle": NEVER,
        **settings,
    }
    named = {f"HEDGEROW_{name.upper()}": str(value) for name, value in given.items()}
    running = Platform(folder, broker, {**os.environ, **named}, site)
    try:
        broker.start()
        running.run("topics", "create")
        yield running
    finally:
        for worker in running.workers:
            worker.kill9()
        broker.stop()
