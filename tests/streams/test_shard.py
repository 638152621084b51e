"""Shards together say what one program says that reads everything itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from access.lines import Chunk
from access.site import Site
from enforcement.campaigns import Fleets
from streams.canary import Canary
from streams.cohorts import Cohorts
from streams.columns import packed, unpacked
from streams.infrastructure import Flow
from streams.parsing import Parsing, Records
from streams.pipeline import Pipeline
from streams.settings import Settings
from streams.shard import Shard
from streams.wire.requests import Requests
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enforcement.decision import Decision, Signal

# Cold speaks of everybody, so that what shards know of the site's pictures is compared as well.
TALKATIVE = """
[detectors.cold]
doubtful_1h = 0
certain_1h = 400
doubtful_times = 0
certain_times = 1
owners_1h = 0
owners_24h = 0
"""
SETTINGS = replace(Settings.from_toml(TALKATIVE), flow=Flow(idle=0))
STRICT = Settings.from_toml(TALKATIVE + "[policy]\nobserve = 1\ndegrade = 2\nthrottle = 3\n")
TRIAL = replace(SETTINGS, canary=Canary(0.5, "strict.toml")).trying(STRICT)
SHARDS = 5


@cache
def world(layout: str = "combined") -> tuple[list[bytes], Site]:
    made = World(20_262, people=300, hours=2)
    lines = b"".join(made.lines(layout))
    return lines.splitlines(keepends=True), Site.from_toml(made.site_toml())


def told(words: Iterable[object]) -> list[str]:
    return sorted(map(repr, words))


@cache
def alone(*, trying: bool = False, layout: str = "combined") -> tuple[list[str], list[str]]:
    """Say what one program says."""
    lines, site = world(layout)
    pipeline = Pipeline(site, TRIAL if trying else SETTINGS)
    steps = [pipeline.feed(Chunk(np.frombuffer(b"".join(lines), np.uint8), 0, 1)), pipeline.end(0)]
    signals = [signal for step in steps for signal in step.signals]
    return told(signals), told([decision for step in steps for decision in step.decisions])


class Together:
    """Parsers and shards, connected by nothing but messages."""

    def __init__(self, inputs: int, seed: int, settings: Settings = SETTINGS) -> None:
        self.rng, (_, site) = np.random.default_rng(seed), world()
        self.parsing = Parsing(site, settings, SHARDS)
        self.shards = [Shard(site, settings, n, SHARDS, inputs) for n in range(SHARDS)]
        self.cohorts = Cohorts(SHARDS, Fleets())
        self.said: tuple[list[Signal], list[Decision]] = ([], [])
        for source in range(inputs):
            self.parsing.open(source, 0, None)

    def flush(self, silent: dict[int, int]) -> None:
        """Let the parser send what it has."""
        parsed = self.parsing.flush(silent)
        for shard, message in parsed.messages.items() if parsed else ():
            self.shards[shard].take(Requests.decoded(message))

    def judge(self) -> None:
        """Let shards judge, in any order, until nobody has any more to say."""
        quiet = 0
        while quiet < 3:
            quiet += 1
            for number in self.rng.permutation(SHARDS).tolist():
                found = self.shards[number].judge()
                self.said[0].extend(found.signals)
                self.said[1].extend(found.decisions)
                if found.summary and (merged := self.cohorts.hear(found.summary)):
                    quiet = 0
                    for shard in self.shards:
                        shard.learn(merged)

    def marks(self) -> dict[int, tuple[int, Any]]:
        """Note how far each input is parsed, and its clock there."""
        return {n: (feed.after, feed.clock.state()) for n, feed in self.parsing.feeds.items()}

    def restart_parser(self, source: int, marks: dict[int, Any], sent: list[list[Records]]) -> None:
        """Go on where the marks were set, some while ago."""
        after, clock = marks[source]
        self.parsing.open(source, after, clock)
        for record in sent[source]:
            self.parsing.feeds[source].take(record)

    def restart_shard(self, number: int) -> None:
        """Let a new shard go on from the state of another."""
        fresh = Shard(world()[1], SETTINGS, number, SHARDS, len(self.parsing.feeds))
        fresh.restore(unpacked(packed(self.shards[number].state())))
        self.shards[number] = fresh


def set_of(words: list[Any]) -> list[Any]:
    """Leave out what was said twice."""
    return list({repr(word): word for word in words}.values())


def spread(lines: list[bytes], inputs: int, seed: int) -> list[tuple[int, list[bytes]]]:
    """Deal a log out to inputs in messages of any number of lines, in turns."""
    rng, dealt, row = np.random.default_rng(seed), [], 0
    while row < len(lines):
        count = int(rng.integers(1, 60))
        dealt.append((int(rng.integers(inputs)), lines[row : row + count]))
        row += count
    return dealt


@pytest.mark.parametrize("trying", [False, True], ids=["plain", "with_a_trial"])
@pytest.mark.parametrize(
    ("inputs", "layout"), [(1, "combined"), (3, "combined"), (3, "json_headers")]
)
def test_shards_together_say_what_one_program_says(inputs: int, layout: str, trying: bool) -> None:  # noqa: FBT001 - a parameter of the test
    together = Together(inputs, 1, TRIAL if trying else SETTINGS)
    offsets = [0] * inputs
    for number, (source, lines) in enumerate(spread(world(layout)[0], inputs, 2)):
        value = b"".join(lines)
        together.parsing.feeds[source].take(Records.of([offsets[source]], [value]))
        offsets[source] += 1
        if number % 7 == 0:
            together.flush({})
        if number % 31 == 0:
            together.judge()
    while together.parsing.unread():
        together.flush({})
    together.flush(dict.fromkeys(range(inputs), 120_000))
    together.judge()

    expected = alone(trying=trying, layout=layout)
    assert expected[1]
    assert any("'unfetched'" in signal for signal in expected[0]) == (layout == "json_headers")
    assert (told(together.said[0]), told(together.said[1])) == expected


def test_shards_and_parsers_that_are_taken_up_again_change_nothing() -> None:
    """Each goes on from a state of any age; parsers repeat themselves, shards are told again."""
    together, offsets = Together(3, 4), [0] * 3
    sent: list[list[Records]] = [[], [], []]
    clocks = dict.fromkeys(range(3), (0, None))
    for number, (source, lines) in enumerate(spread(world()[0], 3, 5)):
        record = Records.of([offsets[source]], [b"".join(lines)])
        together.parsing.feeds[source].take(record)
        sent[source].append(record)
        offsets[source] += 1
        if number % 7 == 0:
            together.flush({})
            if number % 3 == 0:
                clocks = together.marks()
        if number % 31 == 0:
            together.judge()
        if number % 97 == 0:
            together.restart_shard(number % SHARDS)
        if number % 131 == 0:
            together.restart_parser(number % 3, clocks, sent)
    while together.parsing.unread():
        together.flush({})
    together.flush(dict.fromkeys(range(3), 120_000))
    together.judge()

    assert (told(set_of(together.said[0])), told(set_of(together.said[1]))) == alone()
