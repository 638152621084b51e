"""What people type gives what they expect: text, files, exit codes and errors in one line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from access.kernels.compiled import cache_folder
from streams.commands import VERBS, main
from streams.guarding import STATE
from streams.settings import HEARD, Settings

if TYPE_CHECKING:
    from pathlib import Path


def hedgerow(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="hedgerow")


@pytest.fixture(scope="module")
def out(log: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert hedgerow("replay", log, "--out", folder).exit_code == 0
    return folder


def test_the_help_text_imports_nothing_slow() -> None:
    program = (
        "import sys\n"
        "from streams.commands import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "sys.exit(' '.join({'numpy', 'numba', 'rich', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert done.stderr.strip() == ""
    assert "replay" in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_exists_and_has_help(verb: str) -> None:
    result = hedgerow(verb, "--help")

    assert result.exit_code == 0
    assert f"Usage: hedgerow {verb}" in result.output


def test_the_version_is_printed() -> None:
    assert hedgerow("--version").output.startswith("hedgerow, version ")


def test_replay_says_who_was_blocked(log: Path) -> None:
    result = hedgerow("replay", log)

    assert result.exit_code == 0
    assert "blocked" in result.output
    assert "\x1b" not in result.output


def test_replay_prints_its_summary_as_json(log: Path, written: bytes) -> None:
    summary = json.loads(hedgerow("replay", "--json", log).output)

    assert summary["lines"] == written.count(b"\n")
    assert summary["rejects"] == 1
    assert summary["actions"]["block"] == len(
        [row for row in summary["acted"] if row["action"] == "block"]
    )


def test_replay_writes_its_folder(out: Path) -> None:
    assert sorted(path.name for path in out.iterdir()) == [
        "blocklist.txt",
        "decisions.ndjson",
        "rejects.ndjson",
        "signals.ndjson",
        "summary.json",
    ]
    assert "# entries:" in (out / "blocklist.txt").read_text()


def test_two_replays_write_the_same_bytes(log: Path, out: Path, tmp_path: Path) -> None:
    hedgerow("replay", log, "--out", tmp_path)

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in out.iterdir()
    }


def test_a_cut_archive_is_judged_as_far_as_it_goes_and_fails(log: Path, tmp_path: Path) -> None:
    cut = tmp_path / "access.log.gz"
    packed = subprocess.run(["gzip", "-c", log], capture_output=True, check=True).stdout
    cut.write_bytes(packed[: len(packed) // 2])
    result = hedgerow("replay", cut)

    assert result.exit_code == 1
    assert "cut off at byte" in result.output
    assert "pictures delivered" in result.output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["replay", "/nowhere/access.log"], 1, "No such file or directory; check the path"),
        (["replay", "/"], 1, "Is a directory; name the log files in it"),
        (["replay"], 2, "Missing argument"),
        (["replay", "a.log", "--lateness", "soon"], 2, "such as 60s, 5m or 250ms, saw 'soon'"),
        (["replay", "a.log", "--out", "/dev/null"], 2, "/dev/null is a file; name a folder"),
        (["replay", "a.log", "--report", "/nowhere/r.html"], 2, "in a folder that exists"),
        (["replay", "-", "--follow"], 2, "standard input cannot be followed"),
        (["guard", "/"], 1, "Is a directory"),
        (["guard", "a.log", "--out", "/dev/null"], 2, "/dev/null is a file; name a folder"),
        (["blocklist", "--in", "/dev/null"], 2, "/dev/null is a file; name a folder"),
        (["demo", "--seed", "-1"], 2, "-1 is not in the range"),
        (["guard", "/nowhere/access.log"], 1, "/nowhere is no folder; check the path"),
        (["harvest"], 2, "No such command 'harvest'"),
        (["blocklist", "--in", "/nowhere"], 1, "cannot read /nowhere/decisions.ndjson"),
        (["pardon", "192.0.2.1", "--in", "/"], 2, "Missing option '--reason'"),
        (["completion", "tcsh"], 2, "'tcsh' is not one of"),
    ],
)
def test_errors_say_what_was_seen_and_what_to_do(words: list[str], code: int, said: str) -> None:
    result = hedgerow(*words)

    assert said in result.output
    assert result.exit_code == code
    assert "Traceback" not in result.output


def test_a_wrong_setting_is_a_mistake_of_the_call(log: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[trust]\nvolum = 1\n")
    result = hedgerow("replay", log, "--settings", settings)

    assert result.exit_code == 2
    assert "did you mean volume?" in result.output


def test_settings_that_are_no_text_are_named(log: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_bytes(b"# \xff")
    result = hedgerow("replay", log, "--settings", settings)

    assert result.exit_code == 2
    assert f"{settings}: expected text in UTF-8, saw 0xff at byte 3" in result.output


def test_more_memory_than_there_is_is_a_failure_in_one_line(log: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[memory]\naddresses = 99_999_999_999_999\n")
    result = hedgerow("replay", log, "--settings", settings)

    assert result.exit_code == 1
    assert "ask for less under [memory]" in result.output


def test_a_picture_is_no_log(tmp_path: Path) -> None:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(bytes(range(256)) * 9)
    result = hedgerow("replay", picture)

    assert result.exit_code == 1
    assert "no line is that of an access log" in result.output
    assert hedgerow("site", "suggest", picture).exit_code == 1


def test_an_empty_log_is_fine_and_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "access.log").touch()
    result = hedgerow("replay", tmp_path / "access.log")

    assert result.exit_code == 0
    assert "the log is empty" in result.output


def test_a_log_out_of_order_is_told_what_lateness_it_needs(log: Path, tmp_path: Path) -> None:
    first, *lines = log.read_bytes().splitlines(keepends=True)[:500]
    stamps = [line.replace(b":12:", b":11:") for line in lines]
    newest = first.replace(b":12:00:", b":11:25:")
    # One line so far ahead is a wrong clock; three in a row are believed.
    (tmp_path / "access.log").write_bytes(3 * newest + b"".join(stamps))
    hasty = hedgerow("replay", tmp_path / "access.log")
    patient = hedgerow("replay", tmp_path / "access.log", "--lateness", "30m")

    assert "give --lateness 1800s, or sort the log" in hasty.output
    assert "judged late" not in patient.output


def test_lateness_is_part_of_the_settings(log: Path, tmp_path: Path) -> None:
    given = [tmp_path / "plain", tmp_path / "patient"]
    for folder, words in zip(given, ([], ["--lateness", "60s"]), strict=True):
        hedgerow("replay", log, "--out", folder, *words)
    plain, patient = (
        json.loads((folder / "decisions.ndjson").read_bytes().splitlines()[0])["settings"]
        for folder in given
    )

    assert plain == Settings().hash
    assert patient != plain


def test_the_folder_of_a_guard_is_left_alone(log: Path, tmp_path: Path) -> None:
    (tmp_path / STATE).touch()
    result = hedgerow("replay", log, "--out", tmp_path)

    assert result.exit_code == 2
    assert "is the folder of a guard" in result.output


def test_the_block_list_of_any_moment_is_printed(out: Path) -> None:
    last = hedgerow("blocklist", "--in", out).output
    before = hedgerow("blocklist", "--in", out, "--at", "2026-11-24T11:00:00Z").output

    assert last == (out / "blocklist.txt").read_text()
    assert "# entries: 0" in before
    assert hedgerow("blocklist", "--in", out, "--at", "noon").exit_code == 2


def test_a_pardon_is_kept_with_its_reason(log: Path, tmp_path: Path) -> None:
    hedgerow("replay", log, "--out", tmp_path)
    listed = [
        line for line in (tmp_path / "blocklist.txt").read_text().splitlines() if line[0] != "#"
    ]
    target = listed[0].removesuffix("/32")
    result = hedgerow("pardon", target, "--in", tmp_path, "--reason", "our own test")
    order = json.loads((tmp_path / "pardons.ndjson").read_text())

    assert result.exit_code == 0
    assert (order["target"], order["reason"]) == (target, "our own test")
    assert target not in (tmp_path / "blocklist.txt").read_text()


def test_a_pardon_for_nobody_is_refused(out: Path) -> None:
    result = hedgerow("pardon", "somebody", "--in", out, "--reason", "why not")

    assert result.exit_code == 1
    assert "in no decision" in result.output


@pytest.mark.parametrize("target", ["0.0.0.0/0", "::/0", "::ffff:192.0.2.1", "192.0.2.1\n"])
def test_a_pardon_of_what_could_be_mistaken_is_refused(out: Path, target: str) -> None:
    result = hedgerow("pardon", target, "--in", out, "--reason", "why not")

    assert result.exit_code == 1
    assert "not a target that orders take" in result.output


def test_a_pardon_leaves_nothing_in_a_folder_without_a_run(tmp_path: Path) -> None:
    result = hedgerow("pardon", "192.0.2.1", "--in", tmp_path, "--reason", "our own test")

    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_detectors_are_described_from_their_docstrings() -> None:
    rows = json.loads(hedgerow("detectors", "--json").output)

    assert [row["name"] for row in rows] == [detector.name for detector in HEARD]
    assert all(row["catches"] and row["misses"] and row["innocent"] for row in rows)


def test_site_suggest_writes_something_that_replay_reads(log: Path, tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text(hedgerow("site", "suggest", log).output)

    assert hedgerow("replay", log, "--site", site).exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_taught_to_complete(shell: str) -> None:
    assert "_HEDGEROW_COMPLETE" in hedgerow("completion", shell).output


def test_the_doctor_finds_this_machine_well_enough() -> None:
    result = hedgerow("doctor")

    assert result.exit_code == 0
    assert "ok  Python 3" in result.output


def test_the_doctor_sees_the_kernels_that_are_compiled(out: Path) -> None:
    assert out.exists()  # a replay has run, so they are
    found = re.search(r"ok  (\d+) kernels compiled", hedgerow("doctor").output)

    assert found
    assert int(found[1]) == len(list(cache_folder().rglob("*.nbi")))
