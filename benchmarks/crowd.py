"""Crowd: the memory that ten million addresses take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.cost import HEDGEROW, cost_of
from benchmarks.finding import Finding
from benchmarks.logs import crowd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

ADDRESSES = 10_000_000


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
