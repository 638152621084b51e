"""Quality: who is found and who is hit, class by class, on platforms drawn afresh at every run."""

from benchmarks.quality.report import measure

__all__ = ["measure"]
