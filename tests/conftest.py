"""What every test shares: Hypothesis' profile, services, a closing word on what was skipped."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

HERE = Path(__file__).parent

pytest_plugins = ["tests.services.fixtures"]

# The first call of a kernel may have to compile it; a deadline would measure the compiler. Examples
# are drawn alike in every run: what somebody did not touch does not turn red under their hands. For
# other examples: pytest --hypothesis-profile=search.
settings.register_profile("search", deadline=None)
settings.register_profile("hedgerow", deadline=None, derandomize=True)
settings.load_profile("hedgerow")

# Files that take longest come first: what is begun last should be short. Any order is right.
LONG = (
    "deploy/test_compose.py",
    "streams/bouncing/test_chain.py",
    "dashboards/test_live_workers.py",
    "streams/bouncing/test_gates.py",
    "streams/test_guarded_platform.py",
    "streams/test_orders_live.py",
    "streams/test_undo_live.py",
    "benchmarks/test_trial.py",
    "feeds/test_every_feed.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long files first; `make test` gives each whole to one worker, which shares its set-up."""
    ranks = {HERE / name: rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get(item.path, len(LONG)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were skipped, and count them by reason: a silent gap is not a pass."""
    skipped = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", ()):
        skipped[report.longrepr[2].removeprefix("Skipped: ")].append(report.nodeid)
    for reason, names in skipped.items():
        terminalreporter.write_line(f"{len(names)} skipped: {reason}")
        for name in names:
            terminalreporter.write_line(f"    {name}")
