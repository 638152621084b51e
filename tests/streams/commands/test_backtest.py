"""`hedgerow backtest` says who fares otherwise, and decides nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from streams.commands import main

if TYPE_CHECKING:
    from pathlib import Path

SHADOW = "[trust]\nvolume = 0\nbreadth = 0\n"


def hedgerow(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def backtest(log: Path, new: Path, *words: object) -> dict[str, Any]:
    ran = hedgerow("backtest", "--from", log, "--settings", new, "--json", *words)
    assert ran.exit_code == 0, ran.output
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def replayed(log: Path, settings: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(
        hedgerow("replay", log, "--settings", settings, "--json").stdout
    )
    return told


def test_equal_settings_change_nothing(log: Path, tmp_path: Path) -> None:
    told = backtest(log, written(tmp_path, "new.toml", ""))

    assert told["changes"] == []
    assert told["saved"]["old"] == told["saved"]["new"] > 0


def test_it_says_what_two_replays_would_say(log: Path, tmp_path: Path) -> None:
    old, new = written(tmp_path, "old.toml", ""), written(tmp_path, "new.toml", SHADOW)
    before, after = replayed(log, old), replayed(log, new)
    acted = [
        {(row["scope"], row["target"]): (row["action"], row["saved"]) for row in run["acted"]}
        for run in (before, after)
    ]

    told = backtest(log, new, "--against", old)

    assert told["saved"] == {"old": before["saved"], "new": after["saved"]}
    nothing = ("nothing", 0)
    expected = {
        place: (acted[0].get(place, nothing), acted[1].get(place, nothing))
        for place in {**acted[0], **acted[1]}
    }
    found = {
        (c["scope"], c["target"]): tuple(
            (fate["action"], fate["saved"]) if fate else nothing
            for fate in (c["was"], c["would_be"])
        )
        for c in told["changes"]
    }
    assert found
    assert found == {place: e for place, e in expected.items() if e[0][0] != e[1][0]}


def test_turned_round_it_says_the_opposite(log: Path, tmp_path: Path) -> None:
    old, new = written(tmp_path, "old.toml", ""), written(tmp_path, "new.toml", SHADOW)
    there, back = backtest(log, new, "--against", old), backtest(log, old, "--against", new)

    def sums(told: dict[str, Any], *, turned: bool) -> dict[tuple[str, str, bool], tuple[int, ...]]:
        return {
            (s["scope"], s["action"], s["no_longer"] ^ turned): (
                s["targets"],
                -s["saved"] if turned else s["saved"],
                s["people"],
            )
            for s in told["sums"]
        }

    assert sums(there, turned=False) == sums(back, turned=True)


def test_a_folder_means_all_files_in_it(log: Path, tmp_path: Path) -> None:
    new = written(tmp_path, "new.toml", SHADOW)
    lines = log.read_bytes().splitlines(keepends=True)
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.log").write_bytes(b"".join(lines[:2_000]))
    (folder / "b.log").write_bytes(b"".join(lines[2_000:]))
    (folder / ".hidden").write_bytes(b"no log line\n" * 9)

    whole, parts = backtest(log, new), backtest(folder, new)

    assert parts == whole


def test_people_are_shown_tables_and_told_that_nothing_was_done(log: Path, tmp_path: Path) -> None:
    new = written(tmp_path, "new.toml", SHADOW)
    ran = hedgerow("backtest", "--from", log, "--settings", new)

    assert "block no longer" in ran.output
    assert "Nothing was written to any firewall" in ran.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[time]\ntick = 5", "time: one reading serves both settings"),
        ("[lateness]\nstale = 1", "lateness: one reading serves both settings"),
        ('[pardons]\nagents = ["x"]', "pardons.agents: one reading serves both settings"),
    ],
)
def test_settings_that_one_reading_cannot_serve_are_refused(
    log: Path, tmp_path: Path, text: str, words: str
) -> None:
    new = written(tmp_path, "new.toml", text)
    ran = hedgerow("backtest", "--from", log, "--settings", new)

    assert ran.exit_code == 2
    assert words in ran.output


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("kafka://", "expected kafka://topic@offset"),
        ("kafka://access-log@noon", "expected an offset or a time"),
        ("no/such.log", "cannot read no/such.log"),
    ],
)
def test_an_origin_that_is_none_is_refused(tmp_path: Path, origin: str, words: str) -> None:
    new = written(tmp_path, "new.toml", "")
    ran = hedgerow("backtest", "--from", origin, "--settings", new)

    assert ran.exit_code != 0
    assert words in ran.output


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    new = written(tmp_path, "new.toml", "")
    ran = hedgerow("backtest", "--from", tmp_path / "logs", "--settings", new)

    assert (ran.exit_code, "there is no file" in ran.output) == (2, True)
