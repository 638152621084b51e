"""`hedgerow explain` reads what a replay wrote, and `--report` writes a page about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from streams.commands import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(log: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    page = out / "report.html"
    ran = CliRunner().invoke(main, ["replay", str(log), "--out", str(out), "--report", str(page)])
    assert ran.exit_code == 0, ran.output
    return out


def blocked(folder: Path) -> str:
    """Name the first one that was blocked."""
    lines = (folder / "decisions.ndjson").read_text().splitlines()
    return next(str(d["target"]) for d in map(json.loads, lines) if d["action"] == "block")


def test_a_block_is_explained(folder: Path) -> None:
    told = CliRunner().invoke(main, ["explain", blocked(folder), "--in", str(folder)])

    assert told.exit_code == 0, told.output
    for heading in ("thresholds", "without it", "What would have changed", "Its decisions"):
        assert heading in told.output


def test_an_explanation_is_json_for_programs(folder: Path) -> None:
    target = blocked(folder)
    told = CliRunner().invoke(main, ["explain", target, "--in", str(folder), "--json"])
    read = json.loads(told.output)

    assert (read["target"], read["action"]) == (target, "block")
    assert sum(part["nats"] for part in read["parts"]) == pytest.approx(read["score"])
    assert read["levers"]


def test_shares_too_faint_for_a_signal_of_their_own_are_explained(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "decisions.ndjson").write_bytes((folder / "decisions.ndjson").read_bytes())
    (tmp_path / "signals.ndjson").touch()
    target = blocked(folder)
    told = CliRunner().invoke(main, ["explain", target, "--in", str(tmp_path), "--json"])
    read = json.loads(told.output)

    assert sum(part["nats"] for part in read["parts"]) == pytest.approx(read["score"])


def test_a_stranger_is_explained_too(folder: Path) -> None:
    told = CliRunner().invoke(main, ["explain", "203.0.113.77", "--in", str(folder)])

    assert told.exit_code == 0
    assert "no detector ever said anything" in told.output


def test_other_settings_are_noticed(folder: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[policy]\nblock = 20.0\n")
    told = CliRunner().invoke(
        main, ["explain", "203.0.113.77", "--in", str(folder), "--settings", str(settings)]
    )

    assert "was made with other settings" in told.output


def test_a_folder_without_a_run_is_a_failure(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["explain", "203.0.113.77", "--in", str(tmp_path)])

    assert told.exit_code == 1
    assert "check the path" in told.output


def test_the_page_tells_the_same_as_the_decisions(folder: Path) -> None:
    page = (folder / "report.html").read_text()

    assert blocked(folder) in page
    assert "line" in page
    assert "1 line could not be read" in page
