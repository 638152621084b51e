"""`hedgerow calibrate` learns from people, and says from whom else it may have learned."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from evidence.distribution import ENOUGH
from streams.commands import main
from streams.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:155.0) Gecko/20100101 Firefox/155.0"
LINE = '{} - - [24/Nov/2026:{:02}:{:02}:{:02} +0000] "GET {} HTTP/1.1" 200 900 "{}" "{}"\n'
PEOPLE = ENOUGH + 200
SCROLLERS = 60  # of them
SCROLLED = 90  # pictures; what everybody else looks at is three
BUSIEST = 400  # … what one of them scrolls through


def visit(number: int, pictures: int, agent: str = BROWSER) -> Iterator[str]:
    """Open a page for every eight pictures, within a minute or so."""
    address = f"198.{18 + number // 65_536}.{number // 256 % 256}.{number % 256}"
    second = number * 2
    for picture in range(pictures):
        second += picture % 3 == 0
        at = second // 3600, second // 60 % 60, second % 60
        page = f"/albums/{number}-{picture // 8}"
        if picture % 8 == 0:
            yield LINE.format(address, *at, page, "-", agent)
            yield LINE.format(address, *at, "/site.css", "-", agent)
        name = f"/photos/{(number * 7919 + picture * 104_729) % 999_983}.jpg"
        yield LINE.format(address, *at, name, f"https://photos.example{page}", agent)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the log of a site where people look at three pictures, and some scroll."""
    step = PEOPLE // SCROLLERS
    lines = [
        line for number in range(PEOPLE) for line in visit(number, 3 if number % step else SCROLLED)
    ]
    lines += visit(PEOPLE, 1_000, "curl/8.5.0")
    lines += visit(PEOPLE + 1, BUSIEST)
    log = tmp_path_factory.mktemp("crowded") / "access.log"
    log.write_text("".join(sorted(lines, key=lambda line: line.split("[")[1][:20])))
    return log


def calibrate(*words: object) -> Result:
    return CliRunner().invoke(main, ["calibrate", *map(str, words)])


@pytest.fixture(scope="module")
def told(crowded: Path) -> tuple[dict[str, Any], str]:
    """Calibrate once; give what was printed as JSON, and the file."""
    out = crowded.with_name("proposed.toml")
    ran = calibrate(crowded, "--out", out, "--json")
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout), out.read_text()


def test_what_people_do_is_measured(told: tuple[dict[str, Any], str]) -> None:
    rows = {(row["what"], row["by"]): row for row in told[0]["measured"]}
    found = rows["pictures in 10 min", "address"]

    assert (found["p50"], found["p99.9"], found["max"]) == (1, SCROLLED, BUSIEST)
    assert found["visitors"] == PEOPLE + 1


def test_thresholds_rise_above_what_people_do(told: tuple[dict[str, Any], str]) -> None:
    found = {row["threshold"]: row["proposed"] for row in told[0]["thresholds"]}

    assert (found["volume.doubtful_10min"], found["volume.certain_10min"]) == (180, 360)
    assert found["breadth.certain_1h"] == 60


def test_a_machine_that_says_so_is_not_learned_from(told: tuple[dict[str, Any], str]) -> None:
    assert told[0]["addresses"]["kept"] == PEOPLE + 1
    assert told[0]["addresses"]["machine"] + told[0]["addresses"]["harvests"] == 1


def test_the_file_holds_only_what_changes_and_is_read_as_settings(
    told: tuple[dict[str, Any], str],
) -> None:
    changed = {
        t["threshold"]: t["proposed"] for t in told[0]["thresholds"] if t["proposed"] != t["now"]
    }
    tables = tomllib.loads(told[1])

    assert {
        f"{name}.{knob}": value
        for name, table in tables.get("detectors", {}).items()
        for knob, value in table.items()
    } == changed
    assert set(tables) <= {"detectors"}
    Settings.from_toml(told[1])


def test_the_file_names_no_address(told: tuple[dict[str, Any], str]) -> None:
    assert "198." not in told[1]
    assert "198." not in json.dumps(told[0])


def test_the_loudest_who_were_kept_are_told_as_counts(told: tuple[dict[str, Any], str]) -> None:
    assert [loud["pictures in a day"] for loud in told[0]["loudest"]] == [
        BUSIEST,
        *[SCROLLED] * 4,
    ]
    assert "It may have learned from harvesters" in told[1]


def test_people_are_shown_tables(crowded: Path, tmp_path: Path) -> None:
    ran = calibrate(crowded, "--out", tmp_path / "proposed.toml")

    assert "What people do here" in ran.output
    assert "volume.certain_10min" in ran.output


def test_too_little_data_is_refused_with_what_was_seen(log: Path, tmp_path: Path) -> None:
    ran = calibrate(log, "--out", tmp_path / "proposed.toml")

    assert ran.exit_code == 1
    assert "a p99.9 takes 10,000 windows" in ran.output
    assert "the most that was seen is" in ran.output
    assert not (tmp_path / "proposed.toml").exists()


def test_a_place_that_cannot_be_written_is_refused_before_reading(
    log: Path, tmp_path: Path
) -> None:
    ran = calibrate(log, "--out", tmp_path)

    assert ran.exit_code == 2
    assert "--out: expected a file" in ran.output
