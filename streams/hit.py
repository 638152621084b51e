"""Hit: whom a block of some networks would hit, by the newest requests that went through Kafka.

An estimate: at most `NEWEST` messages of each shard are read, and what parsers said twice is
counted twice.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import Ranges
from streams.rereading import recorded
from streams.wire.requests import Requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from access.batch import Batch
    from streams.infrastructure import Broker

HOUR = 3_600_000  # milliseconds
NEWEST = 200  # messages of each shard; chosen: a few seconds of reading where shards are busy


@dataclass(frozen=True, slots=True)
class Hit:
    """How much of the last hour came from there, of how much."""

    since: int  # milliseconds of event time: of the oldest request that was looked at
    requests: int
    addresses: int  # distinct
    accounts: int  # distinct, logged in
    site_requests: int
    site_accounts: int


def hit_by(batches: Iterable[Batch], networks: Sequence[str]) -> Hit | None:
    """Count, in requests of the hour before the newest, what came from *networks*; None: none."""
    parts = [batch for batch in batches if len(batch)]
    if not parts:
        return None
    at, address, account = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("at", "address", "account")
    )
    late = at > at.max() - HOUR
    at, address, account = at[late], address[late], account[late]
    inside = Ranges.of((each, 1) for each in networks).label(address) != 0
    return Hit(
        since=int(at.min()),
        requests=int(inside.sum()),
        addresses=len(np.unique(address[inside])),
        accounts=len(np.unique(account[inside & (account != 0)])),
        site_requests=len(at),
        site_accounts=len(np.unique(account[account != 0])),
    )


def newest(broker: Broker, topic: str = "requests") -> Iterator[Batch]:
    """Read the newest messages of requests; raises KafkaError. What nobody can read is passed."""
    for value, _ in recorded(broker, topic, NEWEST):
        with suppress(ValueError):
            yield Requests.decoded(value).part.batch
