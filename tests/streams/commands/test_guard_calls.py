"""A guard refuses what it could not keep, before it writes anything."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from streams.commands import Failure, main
from streams.commands.alone import alone_in

if TYPE_CHECKING:
    from pathlib import Path


def guard(*words: object) -> subprocess.CompletedProcess[str]:
    """Start a guard that should refuse; one that goes on would do so for ever."""
    command = [sys.executable, "-m", "streams.commands", "guard", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_folder_has_one_guard(log: Path, tmp_path: Path) -> None:
    with alone_in(tmp_path):
        result = guard(log, "--out", tmp_path)

    assert result.returncode == 1
    assert "is kept by a guard that is running" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_free_again_when_its_guard_has_gone(tmp_path: Path) -> None:
    with alone_in(tmp_path / "new"), pytest.raises(Failure), alone_in(tmp_path / "new"):
        pass
    with alone_in(tmp_path / "new"):
        assert (tmp_path / "new").is_dir()


def test_what_a_replay_found_is_not_written_over(log: Path, tmp_path: Path) -> None:
    CliRunner().invoke(main, ["replay", str(log), "--out", str(tmp_path)])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    result = guard(log, "--out", tmp_path)

    assert result.returncode == 2
    assert "holds what a replay found" in result.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_log_is_followed_once(log: Path, tmp_path: Path) -> None:
    result = guard(log, log, "--out", tmp_path / "new")

    assert result.returncode == 2
    assert f"{log} is named twice" in result.stderr


def test_standard_input_is_not_followed(tmp_path: Path) -> None:
    result = guard("-", "--out", tmp_path / "new")

    assert result.returncode == 2
    assert "standard input cannot be followed" in result.stderr
    assert not (tmp_path / "new").exists()
