"""Every format, packed in every way, mixed in one topic: what comes out adds up to what went in."""

from __future__ import annotations

from base64 import b64decode
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple
from urllib.request import urlopen

import numpy as np
import pytest
from kafka import KafkaProducer
from prometheus_client.parser import text_string_to_metric_families

from actors.shards import resident
from streams.wire.requests import Requests
from tests.services.java import NEEDS_KAFKA
from tests.services.ports import HOST, until
from tests.streams.packings import Packing, packings
from tests.streams.platform import PATIENCE, Platform, Worker, platform

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = NEEDS_KAFKA

PARTITIONS = 3
LARGEST = 2 << 20  # bytes of a message, as the topic takes them
KEY = b"web1"  # some shippers give one; it says nothing
COMPRESSIONS = (None, "gzip", "lz4", "zstd")


class Unspoken:
    """An operator who says nothing of the platform."""

    def site_toml(self) -> str:
        """Give no more than a name."""
        return 'name = "unspoken"\n'


class Sent(NamedTuple):
    """What was sent, by partition and offset, to a platform with one worker."""

    packings: dict[tuple[int, int], Packing]
    running: Platform
    worker: Worker

    def lines(self) -> dict[tuple[str, str], int]:
        """Count the lines that were sent by what they are and what has to come of them."""
        found: Counter[tuple[str, str]] = Counter()
        for packing in self.packings.values():
            found.update((written, "event") for written, _ in packing.events)
            found.update((written_as(line), "reject") for line in packing.rejects)
        return dict(found)

    def counted(self, name: str, *labels: str) -> dict[tuple[str, ...], int]:
        """Read one metric of the worker, by values of its labels, but where it is zero."""
        with urlopen(f"http://{HOST}:{self.worker.port}/metrics", timeout=10) as answer:
            families = list(text_string_to_metric_families(answer.read().decode()))
        return {
            tuple(sample.labels[label] for label in labels): int(sample.value)
            for family in families
            for sample in family.samples
            if sample.name == name and sample.value
        }


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """Send it all, in each of Kafka's own compressions, and wait until all is counted."""
    folder = tmp_path_factory.mktemp("formats")
    with platform(folder, Unspoken(), partitions=PARTITIONS, shards=PARTITIONS) as running:
        found = Sent({}, running, running.start())
        for compression in COMPRESSIONS:
            send(found, compression)
        running.await_held(found.worker)
        labels = ("hedgerow_lines_total", "format", "outcome")
        total = sum(found.lines().values())
        until(lambda: sum(found.counted(*labels).values()) >= total, "all lines", PATIENCE)
        yield found


def send(sent: Sent, compression: str | None) -> None:
    """Send every packing, to the partitions in turn."""
    producer = KafkaProducer(
        bootstrap_servers=sent.running.broker.bootstrap,
        compression_type=compression,
        max_request_size=LARGEST,
        linger_ms=20,
    )
    handed = [
        (packing, producer.send("access-log", packing.value, KEY, partition=number % PARTITIONS))
        for number, packing in enumerate(packings())
    ]
    for packing, future in handed:
        place = future.get(30)
        sent.packings[place.partition, place.offset] = packing
    producer.close()


def written_as(line: bytes) -> str:
    """Tell whether a line that cannot be read was meant as JSON."""
    return "json" if line.startswith(b"{") else "text"


def test_lines_are_counted_by_format_and_outcome(sent: Sent) -> None:
    counted = sent.counted("hedgerow_lines_total", "format", "outcome")
    rejects = sent.counted("hedgerow_rejects_total", "reason")

    assert sent.lines() == counted
    assert counted["text", "reject"] + counted["json", "reject"] == sum(rejects.values())


def test_every_event_is_in_requests_once_with_its_place_and_time(sent: Sent) -> None:
    """Once in the shard of its address; those of its session and its account may have it, too."""
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for record in sent.running.read("requests"):
        batch = Requests.decoded(record.value).part.batch
        home = batch.take(np.flatnonzero(resident(batch, record.partition, PARTITIONS).address))
        for source, offset, at in zip(home.source, home.number, home.at, strict=True):
            found[int(source), int(offset)].append(int(at))

    expected = {
        place: sorted(at for _, at in packing.events)
        for place, packing in sent.packings.items()
        if packing.events
    }
    assert expected == {place: sorted(times) for place, times in found.items()}


def test_every_reject_is_kept_with_its_place_byte_for_byte(sent: Sent) -> None:
    found: defaultdict[tuple[int, int], list[tuple[int, bytes]]] = defaultdict(list)
    for reject in sent.running.lines("rejects"):
        line = reject["text"].encode() if "text" in reject else b64decode(reject["base64"])
        assert reject["reason"]
        found[reject["partition"], reject["offset"]].append((reject["line"], line))

    expected = {place: p.rejects for place, p in sent.packings.items() if p.rejects}
    assert expected == {
        place: tuple(line for _, line in sorted(lines)) for place, lines in found.items()
    }


def test_nothing_of_it_troubles_a_worker(sent: Sent) -> None:
    assert sent.worker.process.poll() is None
    assert sent.counted("hedgerow_failures_total", "agent") == {}
    assert "Traceback" not in sent.worker.log.read_text()
