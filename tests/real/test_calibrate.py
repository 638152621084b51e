"""No shared log holds enough to learn from, and that is said instead of a threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from streams.commands import main
from tests.real.test_replay import LOGS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not LOGS, reason="the shared logs are not here (HEDGEROW_DATA)")


@pytest.mark.parametrize("log", LOGS)
def test_a_small_log_is_refused_with_what_was_seen(log: str, tmp_path: Path) -> None:
    out = tmp_path / "settings.toml"
    ran = CliRunner().invoke(main, ["calibrate", str(LOGS[log]), "--out", str(out)])

    assert ran.exit_code == 1
    assert "a p99.9 takes 10,000 windows" in ran.output
    assert not out.exists()
