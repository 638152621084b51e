"""The first minute of a platform closes, whatever comes in it."""

from __future__ import annotations

from datetime import UTC, datetime

from access.site import Site
from enforcement.campaigns import Fleets
from streams.cohorts import Cohorts
from streams.infrastructure import Flow
from streams.parsing import Parsing, Records
from streams.settings import Settings
from streams.shard import Shard
from streams.wire.requests import Requests

LINE = '203.0.113.{} - - [{:%d/%b/%Y:%H:%M:%S} +0000] "GET / HTTP/1.1" 200 5 "-" "-"\n'
START = 1_795_521_600
SITE = Site.from_toml("")
SETTINGS = Settings(flow=Flow(idle=3_600_000))


def line(host: int, at: int) -> bytes:
    return LINE.format(host, datetime.fromtimestamp(at, UTC)).encode()


def test_a_line_years_behind_does_not_hold_back_the_first_minute() -> None:
    lines = [line(1, START), line(2, START - 800_000_000)]
    lines += [line(3, START + 20 * step) for step in range(1, 12)]
    shard, cohorts = Shard(SITE, SETTINGS, 0, 1, 1), Cohorts(1, Fleets())
    parsing = Parsing(SITE, SETTINGS, 1)
    parsing.open(0, 0, None)
    parsing.feeds[0].take(Records.of(range(len(lines)), lines))
    parsed = parsing.flush({})
    assert parsed

    shard.take(Requests.decoded(parsed.messages[0]))
    said = shard.judge().summary

    assert said
    assert cohorts.hear(said)
