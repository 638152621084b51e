"""Keys are made, listed, rotated and revoked; each is shown once; and acts are told and checked."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from streams.commands.audit import audit_command
from streams.commands.keys import keys_command
from streams.commands.serve import serve_command
from streams.serving.keyring import Keyring
from streams.serving.keys import Keys, Right
from tests.services.ports import free_port

if TYPE_CHECKING:
    from pathlib import Path

KEY = re.compile(r"^hr_[0-9a-f]{8}_[\w-]{43}$", re.MULTILINE)
clock = time.time  # noqa: TID251 - keys end by it


class Keeper:
    """Somebody who keeps keys."""

    def __init__(self, folder: Path) -> None:
        self.file, self.log = folder / "keys", folder / "audit.ndjson"
        self.places = {
            "HEDGEROW_ADMISSION_KEYS_FILE": str(self.file),
            "HEDGEROW_ADMISSION_AUDIT_FILE": str(self.log),
        }

    def run(self, *words: str) -> Result:
        """Run `hedgerow keys`."""
        return CliRunner().invoke(keys_command, words, env=self.places)

    def made(self, *words: str) -> str:
        """Run it, and give the key that it shows."""
        found = KEY.search(self.run(*words).stdout)
        assert found
        return found[0]

    def opens(self, text: str, right: Right = Right.FEEDS) -> bool:
        """Tell whether a key opens something now."""
        return Keys(Keyring(self.file).keys, clock).allows(text, right)


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path)


def test_a_key_opens_until_it_is_revoked_and_is_shown_once(keeper: Keeper) -> None:
    text = keeper.made("create", "--role", "analyst", "--name", "ann")
    opened = keeper.opens(text), keeper.opens(text, Right.ACT)
    listed = keeper.run("list").output
    revoked = keeper.run("revoke", "ann")

    assert opened == (True, False)
    assert ("analyst" in listed, "ann" in listed, "opens until revoked" in listed) == (True,) * 3
    assert text.split("_", 2)[2] not in listed + keeper.log.read_text() + keeper.file.read_text()
    assert revoked.exit_code == 0
    assert not keeper.opens(text)
    assert "revoked" in keeper.run("list").output


def test_a_rotated_key_opens_for_as_long_as_was_said(keeper: Keeper) -> None:
    old = keeper.made("create", "--role", "feed", "--name", "edl", "--expires", "24h")
    new = keeper.made("rotate", "edl", "--overlap", "1h")
    both = keeper.opens(old), keeper.opens(new)
    newest = keeper.made("rotate", "edl", "--overlap", "0s")

    assert both == (True, True)
    assert [keeper.opens(text) for text in (old, new, newest)] == [False, False, True]


def test_who_did_it_is_written_down_and_what_was_changed_later_shows(keeper: Keeper) -> None:
    keeper.made("create", "--role", "feed", "--name", "edl")
    keeper.run("revoke", "edl")
    told = CliRunner().invoke(audit_command, ["--file", str(keeper.log), "--json"])
    checked = CliRunner().invoke(audit_command, ["--file", str(keeper.log), "--check"])
    sought = CliRunner().invoke(audit_command, ["--file", str(keeper.log), "--what", "revoke key"])
    keeper.log.write_text(keeper.log.read_text().replace("create key", "praise key"))
    broken = CliRunner().invoke(audit_command, ["--file", str(keeper.log), "--check"])

    assert [json.loads(x)["what"] for x in told.output.splitlines()] == ["create key", "revoke key"]
    assert (checked.exit_code, "file: 2 acts hold" in checked.output) == (0, True)
    assert sought.output.count("\n") == 1
    assert (broken.exit_code, "file 1: it was changed" in broken.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "--role", "king", "--name", "ann"), "'king' is not one of"),
        (("create", "--role", "feed", "--name", "an n"), "expected a name"),
        (("revoke", "nobody"), "no key of this name or id opens anything: nobody"),
        (("rotate", "nobody"), "no key of this name or id opens anything: nobody"),
    ],
)
def test_what_cannot_be_is_said(keeper: Keeper, words: tuple[str, ...], said: str) -> None:
    result = keeper.run(*words)

    assert result.exit_code == 2
    assert said in result.output


def test_where_keys_shall_stand_has_to_be_said(tmp_path: Path) -> None:
    nowhere = CliRunner().invoke(keys_command, ["list"])
    denied = CliRunner().invoke(
        keys_command, ["list"], env={"HEDGEROW_ADMISSION_KEYS_FILE": str(tmp_path / "none")}
    )

    assert (nowhere.exit_code, "admission.keys_file names no file" in nowhere.output) == (2, True)
    assert (denied.exit_code, "check the path" in denied.output) == (1, True)


@pytest.mark.parametrize(
    ("places", "code", "said"),
    [
        ({}, 2, "admission.keys_file names no file: make keys with `hedgerow keys create`"),
        ({"ADMISSION_KEYS_FILE": "/none"}, 2, "service.certificate_file names no file"),
        (
            {"ADMISSION_KEYS_FILE": "/none", "SERVICE_CERTIFICATE_FILE": "/none"},
            1,
            "cannot read /none",
        ),
        (
            {"ADMISSION_GUARDED_BY": "a proxy", "SERVICE_CERTIFICATE_FILE": "/none"},
            2,
            "service.certificate_file: there is no file /none",
        ),
    ],
)
def test_beyond_this_machine_nothing_is_served_without_keys_and_tls(
    places: dict[str, str], code: int, said: str
) -> None:
    given = {"SERVICE_HOST": "0.0.0.0", "SERVICE_PORT": str(free_port()), **places}  # noqa: S104
    environment = {f"HEDGEROW_{name}": value for name, value in given.items()}
    result = CliRunner().invoke(serve_command, env=environment)

    assert result.exit_code == code
    assert said in result.output
