"""Parsing: records of access-log become messages of requests, one a shard, and rejects.

Each input has a clock, so that a shard, which sees only a part of the lines, knows how far time has
come. Whatever is parsed again after a crash says the same, and shards leave out what they have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from access.batch import Batch
from access.clock import Clock
from access.lines import Chunk
from access.packing import join
from access.parser import Parser
from access.payloads import unfold
from access.waiting import NO_TICKS, Part
from actors.shards import split
from enforcement.callers import tokens
from streams.wire.rejected import Rejected
from streams.wire.requests import Passage, Requests

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from access.lines import Reject
    from access.site import Site
    from streams.settings import Settings

AT_ONCE = 4 << 20  # bytes of records parsed at once, and one record: a message stays below 16 MiB


@dataclass(frozen=True, slots=True)
class Records:
    """Records of one partition, in order."""

    offsets: NDArray[np.int64]
    values: Sequence[bytes | None]

    @classmethod
    def of(cls, offsets: Iterable[int], values: Sequence[bytes | None]) -> Self:
        """Put offsets and values side by side."""
        return cls(np.fromiter(offsets, np.int64, len(values)), values)

    def __len__(self) -> int:
        """Count them."""
        return len(self.values)

    @property
    def ends(self) -> NDArray[np.int64]:
        """Tell how many bytes there are up to and including each."""
        lengths = (len(value) if value else 0 for value in self.values)
        return np.cumsum(np.fromiter(lengths, np.int64, len(self)))

    def part(self, rows: slice) -> Records:
        """Pick some of them."""
        return Records(self.offsets[rows], self.values[rows])

    def and_(self, more: Records) -> Records:
        """Put those behind that followed."""
        offsets = np.concatenate([self.offsets, more.offsets])
        return Records(offsets, [*self.values, *more.values])


NO_RECORDS = Records(np.zeros(0, np.int64), [])


@dataclass(slots=True)
class Feed:
    """One partition of access-log: where its clock stands, and what was not parsed yet."""

    clock: Clock
    after: int  # offset of the first record that was not parsed
    pending: Records = NO_RECORDS
    unread: int = 0  # bytes of them

    @property
    def next(self) -> int:
        """Tell the offset of the first record that has not come yet."""
        return int(self.pending.offsets[-1]) + 1 if len(self.pending) else self.after

    def take(self, records: Records) -> None:
        """Take what comes next; what has come before is left out."""
        first = int(np.searchsorted(records.offsets, self.next))
        fresh = records.part(slice(first, None)) if first else records
        if len(fresh):
            self.unread += int(fresh.ends[-1])
            self.pending = self.pending.and_(fresh) if len(self.pending) else fresh

    def give(self) -> Records:
        """Take out the next records, about AT_ONCE bytes of them."""
        if self.unread <= AT_ONCE:
            given, self.pending, self.unread = self.pending, NO_RECORDS, 0
            return given
        ends = self.pending.ends
        count = int(np.searchsorted(ends, AT_ONCE)) + 1
        given, self.pending = self.pending.part(slice(count)), self.pending.part(slice(count, None))
        self.unread -= int(ends[count - 1])
        return given


@dataclass(frozen=True, slots=True)
class Parsed:
    """What some records came to."""

    batch: Batch
    rejects: Sequence[Reject]
    rejected: Sequence[Rejected]
    messages: Mapping[int, bytes]  # shard → a message of requests
    after: Mapping[int, int]  # input → offset of the first record that is not in them
    rows: Mapping[int, int]  # input → rows that shards will hold until they are judged
    newest: Mapping[int, int]  # input → newest time of them that can be believed, milliseconds


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

    def unread(self, held: Collection[int] = frozenset()) -> int:
        """Count the bytes that wait to be parsed, but those of inputs that are *held*."""
        return sum(feed.unread for source, feed in self.feeds.items() if source not in held)

    def flush(
        self, silent: Mapping[int, int], held: Collection[int] = frozenset()
    ) -> Parsed | None:
        """Parse what came, and say for how long, in milliseconds, inputs had nothing to give.

        Inputs that are *held* wait. None where there is nothing to say.
        """
        passages: list[Passage] = []
        parts: list[Part] = []
        rejects: list[Reject] = []
        rejected: list[Rejected] = []
        for source, feed in self.feeds.items():
            if len(records := NO_RECORDS if source in held else feed.give()):
                part, refused = self._read(source, feed, records)
                parts.append(part)
                rejects += [reject for _, reject in refused]
                rejected += [Rejected.of(source, place, reject) for place, reject in refused]
                passages.append(_passage(source, feed, int(records.offsets[-1]) + 1))
            elif source in silent and not len(feed.pending):
                passages.append(_passage(source, feed, feed.after, silent[source]))
        if not passages:
            return None
        batch = join(*(part.batch for part in parts))
        due = np.concatenate([NO_TICKS, *(part.due for part in parts)])
        messages = dict(self._messages(passages, Part(batch, due)))
        after = {passage.source: passage.after for passage in passages}
        rows = {passage.source: 0 for passage in passages} | {
            int(part.batch.source[0]): len(part.due) for part in parts if len(part.due)
        }
        newest = {passage.source: passage.newest for passage in passages}
        return Parsed(batch, rejects, rejected, messages, after, rows, newest)

    def _read(
        self, source: int, feed: Feed, records: Records
    ) -> tuple[Part, list[tuple[tuple[int, int], Reject]]]:
        """Read records; tell for each reject its offset and its line in that record, from 1."""
        unfolded = unfold(records.values)
        chunk = Chunk(unfolded.data, source, 1, unfolded.room)
        batch, rejects = self._parser.parse(chunk)
        offsets = records.offsets
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
