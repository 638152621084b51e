"""`hedgerow trust` counts what a replay wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from streams.commands import main

if TYPE_CHECKING:
    from pathlib import Path


def told(log: Path, folder: Path, settings: str) -> dict[str, dict[str, float]]:
    """Replay a log, and ask how far each detector mattered."""
    file = folder / "settings.toml"
    file.write_text(settings)
    given = ["--settings", str(file)]
    ran = CliRunner().invoke(main, ["replay", str(log), "--out", str(folder / "out"), *given])
    assert ran.exit_code == 0, ran.output
    asked = CliRunner().invoke(main, ["trust", "--in", str(folder / "out"), "--json", *given])
    assert asked.exit_code == 0, asked.output
    return {each["detector"]: each for each in json.loads(asked.output)}


def test_a_detector_in_shadow_is_measured_and_nobody_acts_on_it(log: Path, tmp_path: Path) -> None:
    shadow = told(log, tmp_path, "[trust]\nvolume = 0\n")["volume"]
    trusted = told(log, tmp_path, "")["volume"]

    assert (shadow["trust"], shadow["needed"]) == (0, 0)
    assert shadow["spoke"] > 0
    assert trusted["needed"] > 0
    assert trusted["added"] == 0


def test_people_are_shown_a_table(log: Path, tmp_path: Path) -> None:
    told(log, tmp_path, "[trust]\ncadence = 0\n")
    file = str(tmp_path / "settings.toml")
    shown = CliRunner().invoke(main, ["trust", "--in", str(tmp_path / "out"), "--settings", file])

    assert "shadow" in shown.output
    assert "needed" in shown.output


def test_a_folder_without_a_run_is_a_failure(tmp_path: Path) -> None:
    asked = CliRunner().invoke(main, ["trust", "--in", str(tmp_path)])

    assert asked.exit_code == 1
    assert "decisions.ndjson" in asked.output or "signals.ndjson" in asked.output
