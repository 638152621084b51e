"""`hedgerow backtest` says who fares otherwise, and decides nothing."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
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


@pytest.fixture(scope="module")
def whole(log: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Leave out of a log what no table can hold: its line that is none, and the one behind it."""
    path = tmp_path_factory.mktemp("whole") / "access.log"
    path.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-2]))
    return path


def partitioned(log: Path, folder: Path) -> None:
    """Write a combined log as a warehouse keeps it: by day and hour, some files in each."""
    rows = [line.split('"') for line in log.read_text().splitlines()]
    at = [datetime.strptime(row[0].split("[")[1][:-2], "%d/%b/%Y:%H:%M:%S %z") for row in rows]
    numbers = [row[2].split() for row in rows]
    table = pa.table(
        {
            "timestamp": pa.array(at, pa.timestamp("ms", "UTC")),
            "client_ip": [row[0].split()[0] for row in rows],
            "request": [row[1] for row in rows],
            "status": pa.array([int(n[0]) for n in numbers], pa.int16()),
            "bytes_sent": pa.array([int(n[1]) for n in numbers], pa.int64()),
            "referer": pa.array([row[3] for row in rows]).dictionary_encode(),
            "user_agent": pa.array([row[5] for row in rows]).dictionary_encode(),
            "row_id": range(len(rows)),  # nobody's
        }
    )
    hours = np.array([f"day={moment:%Y-%m-%d}/hour={moment:%H}" for moment in at])
    for hour in np.unique(hours):
        part = folder / hour
        part.mkdir(parents=True)
        mine = table.filter(pa.array(hours == hour))
        half = len(mine) // 2
        pq.write_table(mine.slice(0, half), part / "part-0.parquet", row_group_size=500)
        pq.write_table(mine.slice(half), part / "part-1.parquet")
    (folder / "_SUCCESS").touch()


def test_parquet_in_folders_by_days_says_what_its_log_says(whole: Path, tmp_path: Path) -> None:
    new = written(tmp_path, "new.toml", SHADOW)
    partitioned(whole, tmp_path / "warehouse")

    told = backtest(tmp_path / "warehouse", new)

    assert told["changes"]
    assert told == backtest(whole, new)


def test_a_parquet_file_is_replayed_as_its_log_is(whole: Path, tmp_path: Path) -> None:
    partitioned(whole, tmp_path / "warehouse")
    files = sorted((tmp_path / "warehouse").rglob("*.parquet"))
    settings = written(tmp_path, "new.toml", "")

    ran = hedgerow("replay", *files, "--settings", settings, "--json")

    assert json.loads(ran.stdout)["acted"] == replayed(whole, settings)["acted"]
