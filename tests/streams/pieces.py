"""Pieces: a log judged in one piece, in many, and by shards with only messages in between."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from access.lines import Chunk
from enforcement.campaigns import Fleets
from streams.acquaintance import charge_of
from streams.cohorts import Cohorts
from streams.columns import packed, unpacked
from streams.infrastructure import Flow
from streams.parsing import Parsing, Records
from streams.pipeline import Pipeline
from streams.settings import Settings
from streams.shard import Shard
from streams.wire.requests import Requests
from streams.wire.summaries import read_summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from access.site import Site
    from enforcement.decision import Decision, Signal

    Words = tuple[list[Signal], list[Decision]]

SETTINGS = Settings(flow=Flow(idle=0))
SHARDS = 3


def judged(
    lines: Sequence[bytes], site: Site, edges: Iterable[int] = (), restart: int = 0
) -> Words:
    """Judge a log that is cut at some edges; go on from a state before one of the pieces."""
    pipeline, steps = Pipeline(site, SETTINGS), []
    for number, (a, b) in enumerate(pairwise(sorted({0, len(lines), *edges}))):
        if number and number == restart:
            fresh = Pipeline(site, SETTINGS)
            fresh.restore(unpacked(packed(pipeline.state())))
            pipeline = fresh
        steps.append(pipeline.feed(Chunk(np.frombuffer(b"".join(lines[a:b]), np.uint8), 0, a + 1)))
    steps.append(pipeline.end(0))
    return [s for step in steps for s in step.signals], [d for s in steps for d in s.decisions]


def told(words: Words) -> tuple[list[str], list[str]]:
    """Put words in an order that does not depend on who said them; once each."""
    signals, decisions = words
    return sorted(set(map(repr, signals))), sorted(set(map(repr, decisions)))


def sharded(lines: Sequence[bytes], site: Site, inputs: int, seed: int) -> Words:
    """Judge a log by shards with nothing but messages in between; now and then one restarts."""
    rng, parsing = np.random.default_rng(seed), Parsing(site, SETTINGS, SHARDS)
    shards = [Shard(site, SETTINGS, number, SHARDS, inputs) for number in range(SHARDS)]
    cohorts = Cohorts(SHARDS, Fleets())
    said: Words = [], []
    for source in range(inputs):
        parsing.open(source, 0, None)
    for number, part in enumerate(deal(lines, inputs, rng)):
        for source, record in part:
            parsing.feeds[source].take(record)
        send(parsing, shards, {})
        hear(shards, cohorts, said, rng, site)
        if number % 5 == 0:
            which = number % SHARDS
            fresh = Shard(site, SETTINGS, which, SHARDS, inputs)
            fresh.restore(unpacked(packed(shards[which].state())))
            shards[which] = fresh
    while parsing.unread():
        send(parsing, shards, {})
    send(parsing, shards, dict.fromkeys(range(inputs), 120_000))
    hear(shards, cohorts, said, rng, site)
    return said


def deal(
    lines: Sequence[bytes], inputs: int, rng: np.random.Generator
) -> Iterator[list[tuple[int, Records]]]:
    """Deal a log out to inputs, each line to one of them, some hundred lines at a time."""
    offsets, row = [0] * inputs, 0
    while row < len(lines):
        some = lines[row : row + int(rng.integers(200, 900))]
        whose, row = rng.integers(inputs, size=len(some)), row + len(some)
        part = []
        for source in range(inputs):
            value = b"".join(line for line, to in zip(some, whose, strict=True) if to == source)
            part.append((source, Records.of([offsets[source]], [value])))
            offsets[source] += 1
        yield part


def send(parsing: Parsing, shards: list[Shard], silent: dict[int, int]) -> None:
    """Hand what was parsed to the shards."""
    parsed = parsing.flush(silent)
    for shard, message in parsed.messages.items() if parsed else ():
        shards[shard].take(Requests.decoded(message))


def hear(
    shards: list[Shard], cohorts: Cohorts, said: Words, rng: np.random.Generator, site: Site
) -> None:
    """Let shards judge in any order until nobody has more to say."""
    quiet = 0
    while quiet < 3:
        quiet += 1
        for number in rng.permutation(SHARDS).tolist():
            found = shards[number].judge()
            said[0].extend(found.signals)
            said[1].extend(found.decisions)
            if found.summary and (merged := cohorts.hear(read_summary(found.summary.encoded()))):
                quiet = 0
                said[1].extend(charge_of(site, SETTINGS).decisions(merged.found))
                for shard in shards:
                    shard.learn(read_summary(merged.encoded()))
