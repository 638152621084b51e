"""Layout: how topics lie on a broker, how they should, and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.infrastructure import Broker
    from streams.topics import Topic


@dataclass(frozen=True, slots=True)
class Layout:
    """How a topic lies on a broker, or should."""

    partitions: int
    replication: int
    settings: Mapping[str, str]  # in Kafka's words


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the list says."""

    topic: Topic
    what: str  # topic, partitions, replication, or one of Kafka's settings
    wanted: str
    seen: str

    @property
    def missing(self) -> bool:
        """Tell whether the whole topic is."""
        return self.what == "topic"

    @property
    def grows(self) -> bool:
        """Tell whether it is partitions that can be added."""
        more = self.what == "partitions" and int(self.wanted) > int(self.seen)
        return more and self.topic.grows

    def __str__(self) -> str:
        """Say it in a line."""
        if self.missing:
            return f"{self.topic.name}: missing"
        return f"{self.topic.name}: {self.what} {self.seen}, expected {self.wanted}"


def layout(topic: Topic, broker: Broker) -> Layout:
    """Say how a topic should lie; of several copies, all but one must have what is acknowledged."""
    least = {"min.insync.replicas": str(max(1, broker.replication - 1))}
    return Layout(topic.partitions(broker), broker.replication, {**topic.settings, **least})


def plan(broker: Broker, existing: Mapping[str, Layout]) -> list[Difference]:
    """Compare what should be with what a broker has; topics that are not Hedgerow's are no matter.

    A setting that *existing* does not name is unknown, and so different.
    """
    return [
        difference
        for topic in TOPICS
        for difference in compared(topic, layout(topic, broker), existing.get(topic.name))
    ]


def compared(topic: Topic, wanted: Layout, seen: Layout | None) -> list[Difference]:
    """Compare one topic."""
    if seen is None:
        return [Difference(topic, "topic", "there", "missing")]
    pairs = {
        "partitions": (str(wanted.partitions), str(seen.partitions)),
        "replication": (str(wanted.replication), str(seen.replication)),
        **{key: (value, seen.settings.get(key, "?")) for key, value in wanted.settings.items()},
    }
    return [Difference(topic, what, *pair) for what, pair in pairs.items() if len(set(pair)) > 1]
