"""The parsing agent: access-log in, requests and rejects out."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, ClassVar

from access.nesting import nested, state_of
from actors.baseline import LAG
from actors.features import MINUTE
from streams.agents.lines import packed
from streams.agents.outbox import Message
from streams.metering import count_lines
from streams.parsing import AT_ONCE, Parsing, Records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from access.lateness import Lateness
    from streams.agents.bulk import Bulk
    from streams.agents.tools import Tools
    from streams.parsing import Feed, Parsed
    from streams.wire.summaries import Summary

AHEAD = 100_000  # rows of an input that shards may hold before they are judged: some 20 MB
UNREAD = 16 << 20  # bytes that may wait to be parsed, of all inputs
BEATS = 1.0  # seconds between two words of an input that has nothing to give
KEEPS = 1.0  # seconds between two checkpoints of an input: what is parsed again after a crash


class ParsingAgent:
    """Parses what comes, in company: rows wait a little for others."""

    name: ClassVar[str] = "parsing"
    topics: ClassVar[tuple[str, ...]] = ("access-log",)

    def __init__(self, tools: Tools) -> None:
        """Parse for all shards."""
        self._tools = tools
        self._parsing = Parsing(tools.site, tools.settings, tools.shards)
        self._safe: dict[int, int] = {}
        self._done: dict[int, int] = {}
        self._kept: dict[int, float] = {}  # when each input's checkpoint was sent
        self._flight: dict[int, deque[tuple[int, int]]] = {}  # minute, rows: not judged yet
        self._since: dict[int, float] = {}  # when each input gave its last record
        self._woken, self._drained = asyncio.Event(), asyncio.Event()
        self._site_closed = 0  # minute that all shards have judged
        self._needed = needed(tools.settings.lateness)
        self._asked = 0.0  # when the broker was asked who is silent

    async def take_up(self, partition: int) -> None:
        """Go on with an input's clock as it stood."""
        found = await self._tools.checkpoints.load(partition, self.name)
        after = found.offsets[self.topics[0]] if found else 0
        clock = state_of("clock", found.columns) if found else None
        self._parsing.open(partition, after, clock)
        self._safe[partition] = self._done[partition] = after
        self._flight[partition] = deque()
        self._since[partition] = self._kept[partition] = self._tools.now()
        late = int(self._parsing.feeds[partition].clock.lags.sum())
        self._tools.count_up("late", str(partition), late)  # others have told of those

    def leave(self, partition: int) -> None:
        """Forget an input."""
        self._parsing.close(partition)
        for held in (self._safe, self._done, self._flight, self._since, self._kept):
            held.pop(partition, None)

    def next(self, partition: int) -> Mapping[str, int]:
        """Go on behind the last record that waits."""
        return {self.topics[0]: self._parsing.feeds[partition].next}

    def done(self, partition: int) -> Mapping[str, int]:
        """Tell what was parsed, and all of it is with the broker."""
        return {self.topics[0]: self._done[partition]}

    def safe(self, partition: int) -> Mapping[str, int]:
        """Tell what a checkpoint covers: it was parsed, and all of it is with the broker."""
        return {self.topics[0]: self._safe[partition]}

    def waits(self, partition: int) -> bool:
        """Wait for shards that hold as much of this input as they may."""
        latest = self._site_closed + self._needed
        return is_ahead(self._flight.get(partition, ()), latest)

    async def handle(self, bulk: Bulk) -> None:
        """Take records; wait while too much is unread, but not for inputs that are held."""
        source = bulk.partition
        if source not in self._parsing.feeds:
            return
        offsets, values = (r.offset for r in bulk.records), [r.value for r in bulk.records]
        self._parsing.feeds[source].take(Records.of(offsets, values))
        self._since[source] = self._tools.now()
        self._woken.set()
        while self._parsing.unread(self._held()) > UNREAD:
            self._drained.clear()
            await self._drained.wait()

    async def learn(self, summary: Summary) -> None:
        """Know what is judged: so much more may be sent."""
        self._site_closed = max(self._site_closed, summary.closed)
        for flight in self._flight.values():
            while flight and flight[0][0] <= summary.closed:
                flight.popleft()
        self._woken.set()

    async def run(self) -> None:
        """Parse what came; while nothing comes, say so."""
        flushed = 0.0
        while True:
            if not self._ready():
                self._woken.clear()
                await self._rest(BEATS)
            if (wait := self._wait(flushed)) > 0:
                await asyncio.sleep(wait)
            flushed = self._tools.now()
            held = self._held()
            parsed = self._parsing.flush(await self._silent(), held)
            if parsed:
                await self._send(parsed)
                await self._keep()
            self._drained.set()

    def _wait(self, flushed: float) -> float:
        """Tell for how long rows wait for company; not at all where there is enough of it."""
        if not 0 < self._parsing.unread(self._held()) < AT_ONCE:
            return 0.0
        return flushed + self._tools.settings.flow.linger / 1000 - self._tools.now()

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return

    def _ready(self) -> bool:
        return self._parsing.unread(self._held()) > 0

    def _held(self) -> set[int]:
        """List the inputs that are so far ahead that shards would hold too much."""
        return set(filter(self.waits, self._flight))

    async def _silent(self) -> dict[int, int]:
        """Tell for how long inputs that were read to their end have had nothing to give.

        The broker is asked: while it cannot be reached, nobody knows.
        """
        now, feeds = self._tools.now(), self._parsing.feeds
        quiet = [
            source
            for source, since in self._since.items()
            if now - since >= BEATS and not len(feeds[source].pending)
        ]
        if not quiet or now - self._asked < BEATS:
            return {}
        self._asked = now
        ends = await self._tools.ends(self.topics[0], quiet)
        silent = {}
        for source in feeds.keys() & quiet:  # others may have them by now
            if ends.get(source) == feeds[source].after:
                silent[source] = int((now - self._since[source]) * 1000)
            elif source not in ends:
                self._since[source] = now
        return silent

    async def _send(self, parsed: Parsed) -> None:
        requests = [
            Message("requests", None, value, shard) for shard, value in parsed.messages.items()
        ]
        rejects = [Message("rejects", None, value) for value in packed(parsed.rejected)]
        await self._tools.outbox.put([*requests, *rejects])
        count_lines(self._tools.meters, parsed.batch, parsed.rejects)
        for source, rows in parsed.rows.items():
            if feed := self._parsing.feeds.get(source):  # else another worker has it by now
                self._done[source] = feed.after
                if rows:
                    self._flight[source].append((parsed.newest[source] // (1000 * MINUTE), rows))
                self._show(source, feed)

    def _show(self, source: int, feed: Feed) -> None:
        meters = self._tools.meters
        late = self._tools.count_up("late", str(source), int(feed.clock.lags.sum()))
        meters.late_lines.inc(late)
        newest = meters.newest_event_timestamp_seconds.labels(str(source))
        newest.set(max(feed.clock.reach.newest, 0) / 1000)

    async def _keep(self) -> None:
        """Keep the clocks of inputs, now and then; what came before need not be parsed again.

        Between two flushes all that an input's clock has seen is with the broker.
        """
        for source, feed in list(self._parsing.feeds.items()):
            if self._parsing.feeds.get(source) is not feed:  # another worker has it by now
                continue
            now, after = self._tools.now(), feed.after
            if self._safe[source] == after or now - self._kept[source] < KEEPS:
                continue
            self._kept[source] = now
            clock = nested({"clock": feed.clock.state()})
            offsets = {self.topics[0]: after}
            await self._tools.checkpoints.save(source, self.name, offsets, clock)
            if self._parsing.feeds.get(source) is feed:
                self._safe[source] = after


def needed(lateness: Lateness) -> int:
    """Tell how many minutes behind those that the site has closed shards need to close the next.

    They judge LAG minutes more, and the last of them closes with a line that is past its end by the
    lateness.
    """
    return LAG + 2 + max(lateness.whole_seconds, lateness.milliseconds) // (1000 * MINUTE)


def is_ahead(flight: Sequence[tuple[int, int]], latest: int) -> bool:
    """Tell whether shards hold too much of an input; what lies up to a minute they have to get."""
    return bool(flight) and flight[-1][0] > latest and sum(rows for _, rows in flight) > AHEAD
