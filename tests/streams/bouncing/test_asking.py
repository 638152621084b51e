"""By HTTPS a bouncer shows its key to nobody but a service whose authority it trusts."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from streams.admission import Admission
from streams.infrastructure import Service
from streams.serving.keyring import changing, made
from streams.serving.keys import Role
from tests.services.certificates import certify
from tests.services.ports import HOST, free_port, until
from tests.services.process import Process
from tests.services.programs import needs
from tests.streams.bouncing.origin import clock, ending, origin
from tests.streams.platform import HEDGEROW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.streams.bouncing.origin import Origin

pytestmark = needs("openssl")
NAME, ONE = "wall", "203.0.113.7"
SOON = 120.0  # seconds until a program has started and said what is wrong


@contextmanager
def guarded(folder: Path) -> Iterator[Origin]:
    """Serve by TLS, and only to whoever shows a key; the key lies beside."""
    certify(folder)
    with changing(folder / "keys") as kept:
        key, text = made(NAME, Role.BOUNCER, int(clock() * 1000))
        kept[key.id] = key
    (folder / "key").write_text(text)
    (folder / "key").chmod(0o600)
    port = free_port()
    service = Service(certificate_file=str(folder / "server.pem"))
    admission = Admission(keys_file=str(folder / "keys"))
    with origin(
        lambda: socket.create_server((HOST, port)), service=service, admission=admission
    ) as said:
        said.say(ending(ONE))
        yield said


@contextmanager
def bouncing(folder: Path, url: str, key: str, authority: str) -> Iterator[Path]:
    """Run `hedgerow bouncer` with a command that keeps the list; give what it says."""
    (folder / "settings.toml").write_text(
        f'[bouncer]\nstate = "{folder}"\nkey_file = "{key}"\nauthority_file = "{authority}"\n'
    )
    words = ["bouncer", "--to", "command", "--from", url, "--name", NAME]
    told = ["--settings", "settings.toml", "--", "tee", f"{folder}/list"]
    bouncer = Process([*HEDGEROW, *words, *told], folder, "bouncer.log")
    bouncer.start()
    try:
        yield folder / "bouncer.log"
    finally:
        bouncer.stop()


@pytest.mark.parametrize("path", ["", "/blocklist.json"])
def test_a_bouncer_with_a_key_and_an_authority_enforces_and_acknowledges(
    tmp_path: Path, path: str
) -> None:
    with guarded(tmp_path) as said:
        url = f"https://{HOST}:{said.port}{path}"
        with bouncing(tmp_path, url, str(tmp_path / "key"), str(tmp_path / "authority.pem")):
            until(lambda: said.firewalls() == {NAME: "current"}, "an acknowledgement", SOON)

    assert f"{ONE}/32\tblock" in (tmp_path / "list").read_text()


def test_no_key_is_shown_to_a_service_of_another_authority(tmp_path: Path) -> None:
    strange = tmp_path / "strange"
    strange.mkdir()
    certify(strange)
    with guarded(tmp_path) as said:
        url, key = f"https://{HOST}:{said.port}", str(tmp_path / "key")
        with bouncing(tmp_path, url, key, str(strange / "authority.pem")) as log:
            until(lambda: "certificate verify failed" in log.read_text(), "a complaint", SOON)
        firewalls = said.firewalls()

    assert firewalls == {}
    assert ONE not in "".join(path.read_text() for path in tmp_path.glob("list"))


def test_a_bouncer_without_its_key_says_that_it_is_refused(tmp_path: Path) -> None:
    with guarded(tmp_path) as said:
        url = f"https://{HOST}:{said.port}"
        with bouncing(tmp_path, url, "", str(tmp_path / "authority.pem")) as log:
            until(lambda: "401" in log.read_text(), "a complaint", SOON)

    assert ONE not in "".join(path.read_text() for path in tmp_path.glob("list"))
