"""Length: whether a line of a long log costs more than one of a short log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

TEN = 10  # times as long


def measure(bench: Bench) -> Iterator[Finding]:
    """Replay one day and ten; starting is not counted."""
    one, ten, start = bench.replayed, bench.replay(bench.ten_days), bench.started.cpu
    each, later = (one.cpu - start) / bench.lines, (ten.cpu - start) / bench.lines / TEN
    yield Finding(f"a line of {bench.lines:,}", told(each), "1")
    yield Finding(f"a line of {bench.lines * TEN:,}", told(later), f"{later / each:.2f}", "flat")
    peaks = f"{one.peak >> 20:,} and {ten.peak >> 20:,} MiB"
    yield Finding("memory at most, short and long", peaks, f"{ten.peak / one.peak:.2f}")


def told(seconds: float) -> str:
    """Say what a line costs."""
    return f"{seconds * 1e9:,.0f} ns of CPU"
