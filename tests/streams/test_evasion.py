"""Whoever goes on where somebody was stopped is found, the same however a log is read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.addresses import key_of
from access.lines import Chunk
from enforcement.campaigns import Fleets
from enforcement.decision import Action
from enforcement.evasion import ALWAYS
from streams import judging
from streams.cohorts import Cohorts
from streams.columns import packed, unpacked
from streams.infrastructure import Flow
from streams.parsing import Parsing, Records
from streams.pipeline import Pipeline
from streams.settings import Settings
from streams.shard import Shard
from streams.sitefiles import read_site
from streams.wire.requests import Requests
from streams.wire.summaries import read_summary
from tests.cast.evaders import EVADER, NEXT_READERS
from tests.cast.passersby import PASSERSBY
from tests.cast.roster import MORE_PASSERSBY
from tests.cast.schemes import Scheme
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from access.site import Site
    from enforcement.decision import Decision, Signal

    Words = tuple[list[Signal], list[Decision]]

SETTINGS = Settings(flow=Flow(idle=0))
SHARDS = 3
OTHERS = (*PASSERSBY, *MORE_PASSERSBY, *NEXT_READERS)


@dataclass(frozen=True)
class Log:
    """A world's log, and the keys of the addresses of its harvesters."""

    lines: list[bytes]
    site: Site
    guilty: frozenset[int]


@cache
def log(harvesters: tuple[str, ...] = (), scheme: Scheme = Scheme.NUMBERED) -> Log:
    """Let an evader come, with whoever looks where it stopped, and perhaps more harvesters."""
    made = World(
        20_271, scheme=scheme, people=400, hours=5, harvesters=harvesters,
        passersby=(*OTHERS, EVADER),
    )  # fmt: skip
    bad = np.flatnonzero(np.array(made.truth.harvests)[made.truth.role]).tolist()
    guilty = frozenset(key_of(a.split("/")[0]) for v in bad for a in made.truth.addresses(v))
    lines = b"".join(made.lines()).splitlines(keepends=True)
    with TemporaryDirectory(prefix="hedgerow-evasion-") as folder:  # owners are looked up
        return Log(lines, read_site(made.write_site(Path(folder))), guilty)


def judged(lines: list[bytes], site: Site, edges: Iterable[int] = (), restart: int = 0) -> Words:
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


@cache
def whole(scheme: Scheme = Scheme.NUMBERED) -> Words:
    return judged(log(scheme=scheme).lines, log(scheme=scheme).site)


def told(words: Words) -> tuple[list[str], list[str]]:
    """Put words in an order that does not depend on who said them; once each."""
    return sorted(set(map(repr, words[0]))), sorted(set(map(repr, words[1])))


def linked(words: Words) -> set[int]:
    return {d.key for d in words[1] if d.continues}


def sharded(seed: int) -> Words:
    """Judge the log by shards with nothing but messages in between; now and then one restarts."""
    one, rng = log(), np.random.default_rng(seed)
    said: Words = ([], [])
    parsing, cohorts = Parsing(one.site, SETTINGS, SHARDS), Cohorts(SHARDS, Fleets())
    shards = [Shard(one.site, SETTINGS, number, SHARDS, 1) for number in range(SHARDS)]
    parsing.open(0, 0, None)
    edges = sorted({0, len(one.lines), *rng.integers(0, len(one.lines), 60).tolist()})
    for number, (a, b) in enumerate(pairwise(edges)):
        parsing.feeds[0].take(Records.of([number], [b"".join(one.lines[a:b])]))
        send(parsing, shards, {})
        hear(shards, cohorts, said, rng)
        if number % 5 == 0:
            which = number % SHARDS
            fresh = Shard(one.site, SETTINGS, which, SHARDS, 1)
            fresh.restore(unpacked(packed(shards[which].state())))
            shards[which] = fresh
    while parsing.unread():
        send(parsing, shards, {})
    send(parsing, shards, {0: 120_000})
    hear(shards, cohorts, said, rng)
    return said


def send(parsing: Parsing, shards: list[Shard], silent: dict[int, int]) -> None:
    parsed = parsing.flush(silent)
    for shard, message in parsed.messages.items() if parsed else ():
        shards[shard].take(Requests.decoded(message))


def hear(shards: list[Shard], cohorts: Cohorts, said: Words, rng: np.random.Generator) -> None:
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
                for shard in shards:
                    shard.learn(read_summary(merged.encoded()))


@pytest.mark.parametrize("scheme", Scheme)
def test_an_identity_changed_in_the_middle_of_an_album_is_found_each_time(scheme: Scheme) -> None:
    followed = [d for d in whole(scheme)[1] if d.continues]

    assert len({d.key for d in followed}) == 4
    assert {d.key for d in followed} <= log(scheme=scheme).guilty


def test_what_is_evaded_was_a_challenge_or_a_block_that_came_before() -> None:
    known = {d.id: d for d in whole()[1]}
    evaded = [(known[d.continues], d) for d in whole()[1] if d.continues]

    assert {before.action >= Action.CHALLENGE for before, _ in evaded} == {True}
    assert all(before.at < after.at and before.key != after.key for before, after in evaded)


def test_who_goes_on_is_challenged_sooner_than_a_stranger() -> None:
    first = {d.key: d.pictures for d in reversed(whole()[1]) if d.action >= Action.CHALLENGE}
    followers = linked(whole())

    strangers = [first[key] for key in log().guilty - followers if key in first]
    assert max(first[key] for key in followers) < min(strangers)


def test_nobody_is_blocked_for_going_on_alone() -> None:
    blocks = [d for d in whole()[1] if d.continues and d.action is Action.BLOCK]

    assert all("volume" in d.detectors for d in blocks)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_how_a_log_is_cut_changes_no_link(seed: int) -> None:
    one = log()
    edges = np.random.default_rng(seed).integers(1, len(one.lines), 40).tolist()

    assert judged(one.lines, one.site, edges) == whole()


@pytest.mark.parametrize("restart", [10, 25])
def test_links_survive_a_restart(restart: int) -> None:
    one = log()
    edges = np.random.default_rng(restart).integers(1, len(one.lines), 40).tolist()

    assert judged(one.lines, one.site, edges, restart) == whole()


def test_shards_find_the_links_that_one_program_finds() -> None:
    found = sharded(1)
    campaigns = {repr(d) for d in whole()[1] if d.scope == "cohort"}

    assert told(found)[0] == told(whole())[0]
    assert set(told(found)[1]) == set(told(whole())[1]) - campaigns


@pytest.mark.parametrize("harvesters", [(), ("rotation", "scrapy")])
def test_what_is_heard_at_once_is_what_is_heard_in_parts(
    harvesters: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = log(harvesters)
    at_once = judged(one.lines, one.site)

    monkeypatch.setattr(judging, "otherwise", lambda *_: ALWAYS[0])
    assert judged(one.lines, one.site) == at_once
