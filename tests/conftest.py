"""What every test shares: Hypothesis' profile, services, a closing word on what was skipped."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

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

# Takes several minutes, most of them alone: begun last, it would leave the other processors idle.
LONGEST = "deploy/test_compose.py"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order files for several workers, of which `make test` gives each to one.

    They are shuffled, alike each time, so that those that start a platform seldom run beside each
    other. Within a file nothing moves: its tests may share what was set up.
    """
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: place(item.path.relative_to(HERE)))


def place(path: Path) -> tuple[bool, int]:
    """Say where a file stands among all."""
    return str(path) != LONGEST, crc32(bytes(path))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were skipped, and count them by reason: a silent gap is not a pass."""
    skipped = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", ()):
        skipped[report.longrepr[2].removeprefix("Skipped: ")].append(report.nodeid)
    for reason, names in skipped.items():
        terminalreporter.write_line(f"{len(names)} skipped: {reason}")
        for name in names:
            terminalreporter.write_line(f"    {name}")
