"""Reckoning: what became of every line of access-log, by what stands in the topics afterwards."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from access.addresses import network_of
from access.lines import Chunk
from access.parser import Parser
from access.payloads import unfold
from actors.shards import shard_of
from enforcement.moments import moment
from enforcement.standing import Standing
from feeds.listing import listing
from streams.records import DecisionRecord
from streams.sitefiles import read_site
from streams.wire.entries import read
from streams.wire.requests import Requests

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from enforcement.standing import Entry
    from tests.streams.platform import Platform


@dataclass(slots=True)
class Lines:
    """Counts of lines."""

    came: int = 0
    events: int = 0
    rejects: int = 0
    nobody: int = 0  # events of nobody who could be judged: own machines, private ranges
    skipped: int = 0  # messages that begin beyond what their shard had of the input: lines lost

    @property
    def whole(self) -> bool:
        """Tell whether every line is an event or a reject."""
        return self.came == self.events + self.nobody + self.rejects and not self.skipped


def logs(running: Platform) -> list[Path]:
    """Write the lines of access-log into a file for each of its partitions."""
    values: dict[int, list[bytes | None]] = defaultdict(list)
    for record in running.read("access-log"):
        values[record.partition].append(record.value)
    paths = []
    for partition, some in sorted(values.items()):
        path = running.folder / f"partition{partition}.log"
        path.write_bytes(unfold(some).data.tobytes())
        paths.append(path)
    return paths


def counted(running: Platform, came: Sequence[Path]) -> Lines:
    """Count each line once, however often it was told of."""
    found = Lines(came=sum(path.read_bytes().count(b"\n") for path in came))
    found.nobody = sum(nobodys(running.site, path) for path in came)
    requests = [record for record in running.read("requests") if readable(record.value)]
    shards = 1 + max(record.partition for record in requests)
    taken: dict[tuple[int, int], int] = {}  # shard, input
    for record in requests:
        count(Requests.decoded(record.value), record.partition, shards, taken, found)
    places = ((r["partition"], r["offset"], r["line"]) for r in running.lines("rejects"))
    found.rejects = len(set(places))
    return found


def nobodys(site: Path, path: Path) -> int:
    """Count the events that no shard is told of."""
    batch, _ = Parser(read_site(site)).parse(Chunk(np.fromfile(path, np.uint8), 0, 1))
    return int((batch.address == 0).sum())


def count(
    requests: Requests, shard: int, shards: int, taken: dict[tuple[int, int], int], found: Lines
) -> None:
    """Count the rows that a message brings of addresses that live in this shard."""
    batch = requests.part.batch
    home = shard_of(network_of(batch.address), shards) == shard
    for passage in requests.passages:
        known = taken.get((shard, passage.source), passage.first)
        found.skipped += passage.first > known
        fresh = (batch.source == passage.source) & (batch.number >= known)
        found.events += int((fresh & home & (batch.address != 0)).sum())
        taken[shard, passage.source] = max(known, passage.after)


def readable(value: bytes | None) -> bool:
    """Tell a message of requests from what nobody can read."""
    try:
        return bool(value) and bool(Requests.decoded(value or b"").passages)
    except ValueError:
        return False


def decided(running: Platform) -> dict[str, DecisionRecord]:
    """Read the decisions by id; what nobody can read is left out."""
    found = {}
    for record in running.read("decisions"):
        with suppress(ValueError):
            said = msgspec.json.decode(record.value or b"", type=DecisionRecord)
            if said.action != "none":
                found[said.id] = said
    return found


def signalled(running: Platform) -> set[bytes]:
    """Read the signals, each once."""
    return {line for record in running.read("signals") for line in record.value.splitlines()}


def refused(running: Platform, second: int) -> str:
    """List who is refused at a second of event time, by the topic `blocklist`."""
    held = {record.key: record.value for record in running.read("blocklist")}
    entries = [entry for value in held.values() if (entry := entry_in(value))]
    left = [entry for entry in entries if entry.until is None or entry.until > second]
    return listing(Standing.of(left)).decode()


def entry_in(value: bytes | None) -> Entry | None:
    """Read an entry; nobody can read some."""
    with suppress(ValueError):
        return read(value)[0] if value else None
    return None


def replayed(running: Platform, came: Sequence[Path]) -> Path:
    """Replay the logs, by the command; give the folder."""
    out = running.folder / "replay"
    running.run("replay", *map(str, came), f"--site={running.site}", f"--out={out}")
    return out


def refused_by(running: Platform, out: Path, second: int) -> str:
    """List who is refused at a second of event time, by a replay."""
    return running.run("blocklist", f"--in={out}", f"--at={moment(second)}")
