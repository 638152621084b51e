"""Sessions and accounts read like what they are, wherever decisions are shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from streams.commands import main

if TYPE_CHECKING:
    from pathlib import Path

START = "2026-11-24T12:{:02}:{:02}+00:00"
MANY = 400  # requests, each from another address


def line(number: int) -> str:
    """Let one account walk through pictures, two a second, behind ever new addresses."""
    said = {
        "time": START.format(*divmod(number // 2, 60)),
        "remote_addr": f"198.18.{number}.1" if number < 256 else f"198.19.{number - 256}.1",
        "request_method": "GET",
        "request_uri": f"/i/orig/{4_000_000 + number}.jpg",
        "status": 200,
        "http_user_agent": "python-requests/2.32",
        "cookie_session": "5e551011",
        "user_id": "mallory",
    }
    return json.dumps(said) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("accounts")
    (out / "access.log").write_text("".join(map(line, range(MANY))))
    hedgerow("replay", out / "access.log", "--out", out)
    return out


def hedgerow(*words: object) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_table_says_what_a_target_is(folder: Path) -> None:
    told = hedgerow("replay", folder / "access.log")

    assert "account mallory" in told
    assert "session 5e551011" in told
    assert "sessions or accounts, which blocklist.txt does not hold" in told


def test_owners_whom_nobody_knows_are_not_counted_as_none(folder: Path) -> None:
    told = hedgerow("replay", folder / "access.log").splitlines()
    row = next(text for text in told if "account mallory" in text).split()

    assert row[8] == "?"


def test_the_explanation_says_who_has_to_act(folder: Path) -> None:
    told = hedgerow("explain", "mallory", "--in", folder)

    assert told.startswith("account mallory: block")
    assert "let your application act on decisions.ndjson" in told


def test_an_address_is_explained_without_that(folder: Path) -> None:
    told = hedgerow("explain", "198.18.1.1", "--in", folder)

    assert told.startswith("198.18.1.1: ")
    assert "let your application" not in told


def test_an_account_is_pardoned_by_the_name_in_its_decision(folder: Path) -> None:
    told = hedgerow("pardon", "mallory", "--in", folder, "--reason", "our own test")

    assert told == "mallory is spared: our own test\n"
