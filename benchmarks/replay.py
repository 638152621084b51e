"""Replay: what a line costs that is well-formed, odd, nested JSON, or of harvesters and fleets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench


def measure(bench: Bench) -> Iterator[Finding]:
    """Replay three logs of the same requests: all detectors, decisions and rejects written."""
    base = bench.rate(bench.replayed)
    yield Finding("replay, combined lines", told(base), "1", "1,000,000; floor 500,000")
    running = bench.rate(bench.replayed, but=bench.started.cpu)
    yield Finding("the same but starting", told(running), f"{running / base:.2f}")
    spine = bench.rate(bench.spine, but=bench.started.cpu)
    yield Finding("… of what it is without looking for fleets", told(spine),
                  f"{running / spine:.2f}", ">= 0.6")  # fmt: skip
    harvested = bench.rate(bench.replay(bench.harvested))
    yield Finding("replay, all harvesters at once", told(harvested), f"{harvested / base:.2f}")
    odd = bench.rate(bench.replay(bench.odd))
    yield Finding("replay, every line odd, 1 % broken", told(odd), f"{odd / base:.2f}", ">= 0.5")
    nested = bench.rate(bench.replay(bench.nested))
    yield Finding("replay, nested JSON", told(nested), f"{nested / base:.2f}", "400,000")


def told(rate: float) -> str:
    """Say a rate."""
    return f"{rate:,.0f} lines per CPU-second"
