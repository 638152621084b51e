"""Crowd: the memory that ten million addresses take, and a million that share pictures out."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from benchmarks.cost import HEDGEROW, cost_of
from benchmarks.finding import Finding
from benchmarks.logs import crowd, shared
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench
    from benchmarks.cost import Cost

ADDRESSES = 10_000_000
MEMBERS, COHORTS = 1_000_000, 200
MIDNIGHT, READERS = 1_795_478_400, 2_000  # the crowd's day; who is met before the fleets come
FOUND = 50_000  # members of fleets that are found, each of whom is decided on; and twice as many


def measure(bench: Bench) -> Iterator[Finding]:
    """Replay a log in which every line comes from another address, all of them remembered."""
    count = round(ADDRESSES * bench.size)
    settings = bench.folder / "crowd.toml"
    settings.write_text(f"[memory]\naddresses = {count}\n")
    out = str(bench.folder / "crowd")
    cost = cost_of(
        HEDGEROW, "replay", "-", "--settings", str(settings), "--out", out, fed=crowd(count)
    )
    what = f"memory at most, {count:,} addresses remembered"
    yield Finding(what, f"{cost.peak >> 20:,} MiB", "", "< 1,024 MiB")
    yield Finding("a line of them", f"{cost.cpu / count * 1e9:,.0f} ns of CPU")
    yield from fleets(bench)


def fleets(bench: Bench) -> Iterator[Finding]:
    """Replay an hour of readers, then a day on which a million homes share pictures out.

    They are looked at and none is found: a million decisions would take more than what they judge.
    """
    count = round(MEMBERS * bench.size)
    cost = sharing(bench, count, "[fleets]\nratio = 0.0\nratio_led = 0.0\n")
    what = f"memory at most, {count:,} addresses in {COHORTS} cohorts"
    yield Finding(what, f"{cost.peak >> 20:,} MiB")
    state = cost.peak - bench.started.peak
    yield Finding("… beyond what a replay of one line takes", f"{state >> 20:,} MiB", "",
                  "<= 400 MiB")  # fmt: skip
    yield from found(bench)


def found(bench: Bench) -> Iterator[Finding]:
    """Replay fleets as settings are, in which almost every member is decided on, and larger ones.

    More than twice the time for twice the members would be a replay that never ends for a million.
    """
    count = round(FOUND * bench.size)
    once, twice = (sharing(bench, many, "") for many in (count, 2 * count))
    more = twice.cpu - once.cpu
    yield Finding(f"a member of fleets that are found, of {count:,}", f"{more / count * 1e6:,.0f} "
                  "us of CPU")  # fmt: skip
    yield Finding("CPU for twice as many", f"{twice.cpu / once.cpu:.1f} times", "", "<= 2.2 times")


def sharing(bench: Bench, count: int, settings: str) -> Cost:
    """Replay an hour of readers, and *count* homes that share pictures out."""
    given = bench.folder / "fleets.toml"
    given.write_text(settings)
    readers = World(1, people=READERS, hours=1, start=MIDNIGHT, harvesters=())
    fed = chain(readers.lines(), shared(count, COHORTS))
    out = str(bench.folder / "fleets")
    return cost_of(HEDGEROW, "replay", "-", "--settings", str(given), "--out", out, fed=fed)
