"""Report: draw platforms, judge them on all cores, and print what came of it."""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from secrets import randbelow
from typing import TYPE_CHECKING

from rich.console import Console

from benchmarks.finding import Finding
from benchmarks.quality.record import totals
from benchmarks.quality.summary import Summary
from benchmarks.quality.trial import Trial
from benchmarks.quality.verdict import verdict
from tests.cast.schemes import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench
    from benchmarks.quality.verdict import Verdict
    from streams.settings import Settings

PLATFORMS = 5  # of each address scheme, at size 1
FORMATS = ("combined", "json")  # in turn: without sessions and accounts, and with them
WIDTH = 150  # columns where nobody looks on


def measure(bench: Bench) -> Iterator[Finding]:
    """Judge platforms of each address scheme, with the whole cast, and print tables."""
    summary = Summary.of(judged(trials(bench), bench.settings))
    shown = Console()
    shown = shown if shown.is_terminal else Console(width=WIDTH)
    for table in summary.tables():
        shown.print(table)
    if bench.json:
        bench.json.write_text(json.dumps(summary.as_json(), indent=1) + "\n")
    guilty, others = totals(summary.hedgerow)
    came = guilty.sum("visitors")
    yield Finding("harvesters found", f"{guilty.sum('found')} of {came}", wanted="all but mimics")
    yield Finding("of all harvests lost", f"{guilty.share:.0%}", wanted="10 % at most")
    yield Finding("others blocked", f"{others.sum('blocked'):,}", wanted="0")
    many = f"{others.sum('challenged'):,} of {others.sum('visitors'):,}"
    yield Finding("others challenged", many, wanted="1 in 10,000")
    yield Finding("platforms", ", ".join(summary.platforms))


def trials(bench: Bench) -> list[Trial]:
    """Draw the seeds, or take those that are given: each of them, in each address scheme."""
    count = max(1, round(PLATFORMS * bench.size))
    return [
        Trial(seed, scheme, FORMATS[number % len(FORMATS)])
        for scheme in Scheme
        for number, seed in enumerate(bench.seeds or [randbelow(10**9) for _ in range(count)])
    ]


def judged(drawn: list[Trial], settings: Settings) -> list[Verdict]:
    """Judge platforms, one a core at a time; kernels hold no state that processes could share."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return list(pool.map(partial(verdict, settings=settings), drawn))
