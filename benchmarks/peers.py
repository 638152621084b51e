"""Peers: what other programs take for a part of the work on the same log."""

from __future__ import annotations

import sys
from itertools import islice
from shutil import which
from typing import TYPE_CHECKING

from benchmarks import polars_count
from benchmarks.cost import undisturbed
from benchmarks.finding import Finding
from benchmarks.replay import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

FAIL2BAN = 100_000  # lines; it is slow, and its cost is the same for each


def measure(bench: Bench) -> Iterator[Finding]:
    """Hold the replay against programs that only parse and count, or only match."""
    log, base = str(bench.combined), bench.rate(bench.replayed)
    for way in polars_count.WAYS:
        cost = undisturbed(sys.executable, "-m", polars_count.__name__, way, log)
        yield compared(f"polars, parse by {way} and count", bench.rate(cost), base)
    if which("goaccess"):
        report = f"--output={bench.folder / 'goaccess.json'}"
        options = ("--log-format=COMBINED", "--no-global-config", "--no-progress", report)
        cost = undisturbed("goaccess", log, *options)
        yield compared("goaccess, parse and count", bench.rate(cost), base)
    if which("fail2ban-regex"):
        yield compared("fail2ban-regex, one filter", fail2ban(bench), base)


def compared(what: str, rate: float, base: float) -> Finding:
    """Say how fast a peer is, and that as a ratio to the replay."""
    return Finding(what, told(rate), f"{rate / base:.2f}")


def fail2ban(bench: Bench) -> float:
    """Let fail2ban look for known bad agents in the first lines; lines per CPU-second."""
    few = bench.folder / "few.log"
    with bench.combined.open("rb") as log, few.open("wb") as file:
        file.writelines(islice(log, FAIL2BAN))
    cost = undisturbed("fail2ban-regex", "--print-no-missed", str(few), "apache-badbots")
    return min(bench.lines, FAIL2BAN) / cost.cpu
