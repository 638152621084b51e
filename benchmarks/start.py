"""Start: how long one waits before anything happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.cost import HEDGEROW, cost_of
from benchmarks.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

TIMES = 5  # runs, of which the quickest counts


def measure(bench: Bench) -> Iterator[Finding]:
    """Ask for help, and replay a log of one line."""
    seconds = min(cost_of(HEDGEROW, "--help").wall for _ in range(TIMES))
    yield Finding("hedgerow --help", f"{seconds:.2f} s", "", "< 0.3 s")
    yield Finding("replay of one line", f"{bench.started.wall:.2f} s")
