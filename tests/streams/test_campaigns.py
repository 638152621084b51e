"""Campaigns are found and acted on the same in one piece, in many, and by many shards."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.lines import Chunk
from access.site import Site
from enforcement.campaigns import Fleets
from enforcement.decision import Action
from streams.cohorts import Cohorts
from streams.columns import packed, unpacked
from streams.infrastructure import Flow
from streams.judging import charge_of
from streams.parsing import Parsing, Records
from streams.pipeline import Pipeline
from streams.settings import Settings
from streams.shard import Shard
from streams.wire.requests import Requests
from streams.wire.summaries import read_summary
from tests.cast.passersby import PASSERSBY
from tests.cast.roster import MORE_PASSERSBY
from tests.cast.schemes import Scheme
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from enforcement.decision import Decision, Signal

    Words = tuple[list[Signal], list[Decision]]

SETTINGS = Settings(flow=Flow(idle=0))
FLEETS = "pageless fleet", "paging fleet", "slow fleet"
SHARDS = 3


@cache
def world(harvesters: tuple[str, ...], seed: int, scheme: Scheme) -> tuple[list[bytes], Site]:
    others = (*PASSERSBY, *MORE_PASSERSBY)
    made = World(seed, scheme=scheme, people=600, hours=10, harvesters=harvesters, passersby=others)
    return b"".join(made.lines()).splitlines(keepends=True), Site.from_toml(made.site_toml())


def fleets() -> tuple[list[bytes], Site]:
    return world(FLEETS, 20_263, Scheme.NUMBERED)


def chunk(lines: Sequence[bytes], first: int) -> Chunk:
    return Chunk(np.frombuffer(b"".join(lines), np.uint8), 0, first + 1)


def judged(lines: list[bytes], site: Site, edges: Iterable[int] = (), restart: int = 0) -> Words:
    """Judge a log that is cut at some edges; go on from a state before one of the pieces."""
    pipeline, steps = Pipeline(site, SETTINGS), []
    for number, (a, b) in enumerate(pairwise(sorted({0, len(lines), *edges}))):
        if number and number == restart:
            fresh = Pipeline(site, SETTINGS)
            fresh.restore(unpacked(packed(pipeline.state())))
            pipeline = fresh
        steps.append(pipeline.feed(chunk(lines[a:b], a)))
    steps.append(pipeline.end(0))
    return [s for step in steps for s in step.signals], [d for s in steps for d in s.decisions]


@cache
def whole() -> Words:
    return judged(*fleets())


def told(words: Words) -> tuple[list[str], list[str]]:
    """Put words in an order that does not depend on who said them; once each."""
    signals, decisions = words
    return sorted(set(map(repr, signals))), sorted(set(map(repr, decisions)))


def sharded(inputs: int, seed: int, log: tuple[list[bytes], Site] | None = None) -> Words:
    """Judge a log by shards with nothing but messages in between; now and then one restarts."""
    lines, site = log or fleets()
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
    lines: list[bytes], inputs: int, rng: np.random.Generator
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


def test_fleets_are_found_and_their_members_are_acted_on() -> None:
    named = [d for d in whole()[1] if d.campaign]

    assert len({d.campaign for d in named}) == 2  # one that opens pages, and two that do not
    assert len({d.key for d in named if d.action >= Action.THROTTLE}) > 200


def test_nobody_is_blocked_for_being_of_a_campaign() -> None:
    """A home that a fleet rents is somebody's home."""
    assert max(d.action for d in whole()[1] if d.campaign) == Action.CHALLENGE


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_how_a_log_is_cut_changes_no_campaign(seed: int) -> None:
    lines, site = fleets()
    edges = np.random.default_rng(seed).integers(1, len(lines), 40).tolist()

    assert judged(lines, site, edges) == whole()


@pytest.mark.parametrize("restart", [10, 30])
def test_campaigns_survive_a_restart(restart: int) -> None:
    lines, site = fleets()
    edges = np.random.default_rng(restart).integers(1, len(lines), 40).tolist()

    assert judged(lines, site, edges, restart) == whole()


@pytest.mark.parametrize("inputs", [1, 3])
def test_shards_find_the_campaigns_that_one_program_finds(inputs: int) -> None:
    assert told(sharded(inputs, inputs)) == told(whole())


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("seed", [20_264, 20_265])
def test_where_only_innocents_are_there_is_no_campaign(seed: int, scheme: Scheme) -> None:
    signals, decisions = judged(*world((), seed, scheme))

    assert [s for s in signals if s.detector in {"fleet", "stray"}] == []
    assert [d for d in decisions if d.campaign] == []
