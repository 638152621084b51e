"""Parsing: records of access-log become messages of requests, one a shard, and rejects.

Each input has a clock, so that a shard, which sees only a part of the lines, knows how far time has
come. Whatever is parsed again after a crash says the same, and shards leave out what they have.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.batch import Batch
from access.clock import Clock
from access.lines import Chunk
from access.packing import join
from access.parser import Parser
from access.payloads import unfold
from access.waiting import NO_TICKS, Part
from actors.shards import split
from enforcement.clemency import tokens
from streams.wire.rejected import Rejected
from streams.wire.requests import Passage, Requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from access.lines import Reject
    from access.site import Site
    from streams.settings import Settings

AT_ONCE = 4 << 20  # bytes of records parsed at once, and one record: a message stays below 16 MiB


class Record(NamedTuple):
    """One record of a topic, as far as it matters."""

    offset: int
    value: bytes | None


@dataclass(slots=True)
class Feed:
    """One partition of access-log: where its clock stands, and what was not parsed yet."""

    clock: Clock
    after: int  # offset of the first record that was not parsed
    pending: list[Record] = field(default_factory=list)

    def next(self) -> list[Record]:
        """Take out the next records, about AT_ONCE bytes of them."""
        count, size = 0, 0
        while count < len(self.pending) and size < AT_ONCE:
            size += len(self.pending[count].value or b"")
            count += 1
        taken, self.pending = self.pending[:count], self.pending[count:]
        return taken


@dataclass(frozen=True, slots=True)
class Parsed:
    """What some records came to."""

    batch: Batch
    rejects: Sequence[Reject]
    rejected: Sequence[Rejected]
    messages: Mapping[int, bytes]  # shard → a message of requests
    after: Mapping[int, int]  # input → offset of the first record that is not in them
    rows: Mapping[int, int]  # input → rows sent, wherever


class Parsing:
    """Parses the partitions of access-log that a worker holds."""

    def __init__(self, site: Site, settings: Settings, shards: int) -> None:
        """Read lines as a platform writes them, for so many shards."""
        self._parser = Parser(site, tokens(site, settings.pardons.agents))
        self._settings, self._shards = settings, shards
        self.feeds: dict[int, Feed] = {}

    def open(
        self, source: int, after: int, clock: Mapping[str, NDArray[np.generic]] | None
    ) -> None:
        """Take up an input at an offset, with its clock as it stood there."""
        feed = Feed(Clock(self._settings.lateness, 1000 * self._settings.time.tick), after)
        if clock:
            feed.clock.restore(clock)
        self.feeds[source] = feed

    def close(self, source: int) -> None:
        """Leave an input to another worker."""
        self.feeds.pop(source, None)

    def take(self, source: int, records: Iterable[Record]) -> None:
        """Take the next records of an input; those parsed before are left out."""
        feed = self.feeds[source]
        known = feed.pending[-1].offset + 1 if feed.pending else feed.after
        feed.pending += [record for record in records if record.offset >= known]

    @property
    def pending(self) -> bool:
        """Tell whether anything waits to be parsed."""
        return any(feed.pending for feed in self.feeds.values())

    def flush(self, silent: Mapping[int, int]) -> Parsed | None:
        """Parse what came, and say for how long, in milliseconds, inputs had nothing to give.

        None where there is nothing to say.
        """
        passages: list[Passage] = []
        parts: list[Part] = []
        rejects: list[Reject] = []
        rejected: list[Rejected] = []
        for source, feed in self.feeds.items():
            if records := feed.next():
                part, refused = self._read(source, feed, records)
                parts.append(part)
                rejects += [reject for _, reject in refused]
                rejected += [Rejected.of(source, place, reject) for place, reject in refused]
                passages.append(_passage(source, feed, records[-1].offset + 1))
            elif source in silent and not feed.pending:
                passages.append(_passage(source, feed, feed.after, silent[source]))
        if not passages:
            return None
        batch = join(*(part.batch for part in parts))
        due = np.concatenate([NO_TICKS, *(part.due for part in parts)])
        messages = dict(self._messages(passages, Part(batch, due)))
        after = {passage.source: passage.after for passage in passages}
        rows = dict(zip(*np.unique(batch.source, return_counts=True), strict=True))
        return Parsed(batch, rejects, rejected, messages, after, rows)

    def _read(
        self, source: int, feed: Feed, records: Sequence[Record]
    ) -> tuple[Part, list[tuple[tuple[int, int], Reject]]]:
        """Read records; tell for each reject its offset and its line in that record, from 1."""
        unfolded = unfold([record.value for record in records])
        chunk = Chunk(unfolded.data, source, 1, unfolded.room)
        batch, rejects = self._parser.parse(chunk)
        offsets = np.array([record.offset for record in records], np.int64)
        batch = replace(batch, number=offsets[unfolded.value_of(batch.number - 1)])
        numbers = np.array([reject.number for reject in rejects], np.int64)
        value = unfolded.value_of(numbers - 1)
        before = np.append(0, unfolded.ends)[value]
        places = zip(offsets[value].tolist(), (numbers - before).tolist(), strict=True)
        due = feed.clock.due(batch.at)
        return Part(batch, due), list(zip(places, rejects, strict=True))

    def _messages(self, passages: Sequence[Passage], part: Part) -> Iterator[tuple[int, bytes]]:
        """Write one message for each shard: even without rows it tells how far time has come."""
        nothing = Part(Batch.empty(), NO_TICKS)
        parts = dict.fromkeys(range(self._shards), nothing)
        for shard, rows, batch in split(part.batch, self._shards):
            parts[shard] = Part(batch, part.due[rows])
        for shard, sent in parts.items():
            yield shard, Requests(passages, sent).encoded()


def _passage(source: int, feed: Feed, after: int, silent: int = -1) -> Passage:
    """Say how far an input has come, and remember it."""
    first, feed.after = feed.after, after
    return Passage(source, first, after, *feed.clock.reach, silent)
