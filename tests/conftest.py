"""What every test shares: Hypothesis' profile, services, a closing word on what was skipped."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

pytest_plugins = ["tests.services.fixtures"]

# The first call of a kernel may have to compile it; a deadline would measure the compiler.
settings.register_profile("hedgerow", deadline=None)
settings.load_profile("hedgerow")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were skipped, and count them by reason: a silent gap is not a pass."""
    skipped = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", ()):
        skipped[report.longrepr[2].removeprefix("Skipped: ")].append(report.nodeid)
    for reason, names in skipped.items():
        terminalreporter.write_line(f"{len(names)} skipped: {reason}")
        for name in names:
            terminalreporter.write_line(f"    {name}")
