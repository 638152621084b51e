"""Topics: the closed list of what travels through Kafka; `hedgerow topics create` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.infrastructure import Broker

DAY = 86_400_000  # milliseconds
MIB = 1 << 20  # bytes
HOUR = 3_600_000  # milliseconds


def one(broker: Broker) -> int:  # noqa: ARG001 - as the others here
    """Keep all in one order."""
    return 1


def by_partition(broker: Broker) -> int:
    """Have as many as access-log."""
    return broker.partitions


def by_shard(broker: Broker) -> int:
    """Have one for each shard of actors."""
    return broker.shards


def by_either(broker: Broker) -> int:
    """Have room for one of each partition of access-log, and of each shard."""
    return max(broker.partitions, broker.shards)


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: what it holds, who finds what in it, and for how long."""

    name: str
    holds: str  # what a message is
    key: str  # what a message's key says; "" where there is none
    partitions: Callable[[Broker], int]
    days: int | None  # kept for so long; None: compacted, the newest of each key for ever
    largest: int = MIB  # bytes of a message
    version: int = 1  # of the schema; a record says it as `v` where it is not 1
    grows: bool = False  # may be given more partitions: nothing depends on which key went where

    @property
    def settings(self) -> dict[str, str]:
        """Say it in Kafka's words.

        Time is the broker's: a shipper whose clock is wrong can neither have its lines deleted
        before they are read, nor have them refused. What is compacted is cut hourly, or at 64 MiB,
        because Kafka compacts only what is cut off, and every start reads all of it.
        """
        kept = (
            {"cleanup.policy": "compact", "segment.ms": str(HOUR), "segment.bytes": str(64 * MIB)}
            if self.days is None
            else {"cleanup.policy": "delete", "retention.ms": str(self.days * DAY)}
        )
        stamped = {"message.timestamp.type": "LogAppendTime"}
        return {**kept, **stamped, "max.message.bytes": str(self.largest)}


TOPICS = (
    Topic(
        "access-log", "lines or JSON as shippers send them, one or many", "",
        by_partition, days=3, largest=2 * MIB, grows=True,
    ),
    Topic(
        "requests", "one Batch of one shard as Arrow IPC; a partition is a shard", "",
        by_shard, days=1, largest=16 * MIB,
    ),
    Topic(
        "rejects", "lines that could not be read, each a line of JSON with the reason", "",
        by_partition, days=30, largest=4 * MIB, grows=True,
    ),
    Topic("signals", "many signals, each a line of JSON", "", by_shard, days=7),
    Topic("summaries", "what a shard, or the site, says of a minute", "shard or site", one, days=2),
    Topic("decisions", "one decision as JSON", "target", one, days=30),
    Topic("blocklist", "what is in force against a target; null: nothing", "target", one, None),
    Topic("orders", "what a person decided, as JSON", "id of the order", one, None),
    Topic("audit", "who did what and why, as a chain of hashes", "chain", one, days=400),
    Topic("appeals", "what somebody wrote who was refused, and the answer", "id", one, days=90),
    Topic(
        "checkpoints", "a snapshot of a shard's memory, with the offsets it covers",
        "which shard or partition, and which piece", by_either, None, largest=2 * MIB, grows=True,
    ),
)  # fmt: skip
